import { readFileSync } from 'node:fs';
import type { CalendarDate } from '@gpect/domain-values/calendar';

/** Who funds training: the OPCA until 31 March 2019, the eleven OPCO since. */
export interface Organisation {
  readonly code: string;
  readonly name: string;
  readonly kind: 'OPCA' | 'OPCO';
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
  /** Codes of those that took over its firms, the one that most of its branches went to first. */
  readonly followedBy?: readonly string[];
  /** Some of its branches went to others than `followedBy`: only a firm's branch (IDCC) tells its OPCO. */
  readonly branchesScattered?: boolean;
}

const register = JSON.parse(readFileSync(new URL('../data/organisations.json', import.meta.url), 'utf8')) as {
  readonly organisations: readonly Organisation[];
};
/** The OPCA of 2012 and on, those of before whose successor is known, and every OPCO. A new one is an entry of `data/organisations.json`. */
export const ORGANISATIONS = register.organisations;

const byCode = new Map(ORGANISATIONS.map((organisation) => [organisation.code, organisation]));

export function organisationOf(code: string): Organisation | undefined {
  return byCode.get(code);
}

/** What a reader calls a funder: its name in the register (`AKTO (OPCO)`), or its own code where the register does not know it. */
export function organisationLabel(code: string): string {
  const found = byCode.get(code);
  return found ? (found.name.startsWith(found.kind) ? found.name : `${found.name} (${found.kind})`) : code;
}
