import { readFileSync } from 'node:fs';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { nameKey } from '@gpect/tabular-files/name-key';

/** A training scheme (dispositif): its code, and the days between which it can have been paid. */
export interface Scheme {
  readonly code: string;
  readonly labelFr: string;
  readonly paidFrom: CalendarDate;
  /** Last day; open where absent. Payments follow a scheme's end by up to two years. */
  readonly paidUntil?: CalendarDate;
  /** Usual names, for guesses. */
  readonly names: readonly string[];
  readonly source: string;
}

/** Who funds training: the OPCA until March 2019, the eleven OPCO since. */
export interface Organisation {
  readonly code: string;
  readonly name: string;
  readonly kind: 'OPCA' | 'OPCO';
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
}

interface Register {
  readonly schemes: readonly Scheme[];
  readonly organisations: readonly Organisation[];
}

/** The register is data: schemes/register.json. */
export const REGISTER: Register = JSON.parse(
  readFileSync(new URL('../../schemes/register.json', import.meta.url), 'utf8'),
) as Register;

const byCode = new Map(REGISTER.schemes.map((scheme) => [scheme.code, scheme]));
const byName = new Map(REGISTER.schemes.flatMap((scheme) => scheme.names.map((name) => [nameKey(name), scheme.code])));

export function schemeOf(code: string): Scheme | undefined {
  return byCode.get(code);
}

/** The scheme that usually bears this name. */
export function schemeNamed(label: string): string | undefined {
  return byName.get(nameKey(label));
}

export function isOrganisation(code: string): boolean {
  return REGISTER.organisations.some((organisation) => organisation.code === code);
}

export function wasPayable({ paidFrom, paidUntil }: Scheme, on: CalendarDate): boolean {
  return on >= paidFrom && (paidUntil === undefined || on <= paidUntil);
}
