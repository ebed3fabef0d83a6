import { readFileSync } from 'node:fs';
import type { paths as Consulting } from './generated/api-consulting.js';
import type { paths as Enrolment } from './generated/api-enrolment.js';
import type { paths as Evaluation } from './generated/api-evaluation.js';
import type { paths as PartnerGateway } from './generated/api-partner-gateway.js';
import type { paths as Reporting } from './generated/api-reporting.js';
import type { paths as TrainingSpend } from './generated/api-training-spend.js';
import type { paths as Workshops } from './generated/api-workshops.js';

/** Every service that has HTTP endpoints. */
export const SERVICE_NAMES = [
  'enrolment',
  'consulting',
  'workshops',
  'training-spend',
  'evaluation',
  'reporting',
  'partner-gateway',
] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The paths of each service's API, as openapi-typescript writes them. */
export interface ApiPaths {
  enrolment: Enrolment;
  consulting: Consulting;
  workshops: Workshops;
  'training-spend': TrainingSpend;
  evaluation: Evaluation;
  reporting: Reporting;
  'partner-gateway': PartnerGateway;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, object>>;
  /** Of reporting: how each role sees figures. */
  readonly 'x-sight'?: Readonly<Record<string, 'full' | 'release'>>;
}

/** A service's OpenAPI 3.1 document, whole: its own paths and what all services share. */
export function apiDocument(service: ServiceName): ApiDocument {
  return JSON.parse(
    readFileSync(new URL(`../generated/openapi/${service}.json`, import.meta.url), 'utf8'),
  ) as ApiDocument;
}
