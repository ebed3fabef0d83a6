import { readFileSync } from 'node:fs';

/** Every service that has HTTP doors. */
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

export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, object>>;
}

/** A service's OpenAPI 3.1 document, whole: its own paths and what all services share. */
export function apiDocument(service: ServiceName): ApiDocument {
  return JSON.parse(
    readFileSync(new URL(`../generated/openapi/${service}.json`, import.meta.url), 'utf8'),
  ) as ApiDocument;
}
