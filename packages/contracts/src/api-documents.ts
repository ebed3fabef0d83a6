import { readFileSync } from 'node:fs';

export type ServiceName =
  | 'enrolment'
  | 'consulting'
  | 'workshops'
  | 'training-spend'
  | 'evaluation'
  | 'reporting'
  | 'partner-gateway';

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
