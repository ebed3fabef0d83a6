import { readFileSync } from 'node:fs';
import type { CalendarDate } from '@gpect/domain-values/calendar';

/** A training scheme (dispositif de formation): its code, and the days between which it can have been paid. */
export interface Scheme {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly paidFrom: CalendarDate;
  /** Last day; open where absent. Payments follow a scheme's end by two or three years, as long as its last contracts last. */
  readonly paidUntil?: CalendarDate;
  /** Code of the scheme that took its place. */
  readonly followedBy?: string;
  /** Usual names, for guesses. */
  readonly names: readonly string[];
  /** The law that made it, and the law that ended it. */
  readonly source: string;
}

const register = JSON.parse(readFileSync(new URL('../data/schemes.json', import.meta.url), 'utf8')) as {
  readonly schemes: readonly Scheme[];
};
/** Every scheme that a funder's file can name. A new one is an entry of `data/schemes.json`. */
export const SCHEMES = register.schemes;

const byCode = new Map(SCHEMES.map((scheme) => [scheme.code, scheme]));

export function schemeOf(code: string): Scheme | undefined {
  return byCode.get(code);
}

export function wasPayable({ paidFrom, paidUntil }: Scheme, on: CalendarDate): boolean {
  return on >= paidFrom && (paidUntil === undefined || on <= paidUntil);
}

/** What a reader calls a scheme; its code where the register does not know it. */
export function schemeLabel(code: string, language: 'fr' | 'en'): string {
  const scheme = byCode.get(code);
  return scheme ? (language === 'fr' ? scheme.labelFr : scheme.labelEn) : code;
}
