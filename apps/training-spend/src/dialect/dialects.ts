import { readdirSync, readFileSync } from 'node:fs';
import type { Values } from '@gpect/contracts/generated/events';

/** How one funder writes its files: data, not code. The newest version of each is in dialects/. */
export interface Dialect {
  readonly funder: string;
  readonly version: number;
  /** A label of the WHATWG encoding standard, e.g. `windows-1252`. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimal: ',' | '.';
  readonly date: 'french' | 'iso';
  /** A spreadsheet ate the zeros at the head of the SIRET: they are restored where both check digits agree. */
  readonly leadingZerosLost: boolean;
  readonly columns: {
    readonly reference: string;
    readonly siret: string;
    readonly paidOn: string;
    readonly scheme: string;
    readonly amount: string;
    readonly hours?: string;
    readonly trainees?: string;
    readonly operation?: string;
  };
  /** The funder's name of each scheme. */
  readonly schemes: Readonly<Record<string, Values['Scheme']>>;
  /** The funder's name of each operation; without them, every line records. */
  readonly operations?: Readonly<Record<string, 'record' | 'cancel'>>;
}

const folder = new URL('../../dialects/', import.meta.url);
const dialects = new Map<string, Dialect>();
for (const file of readdirSync(folder).sort()) {
  const dialect = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Dialect;
  if ((dialects.get(dialect.funder)?.version ?? 0) < dialect.version) dialects.set(dialect.funder, dialect);
}

export function dialectOf(funder: string): Dialect | undefined {
  return dialects.get(funder);
}

export function knownFunders(): string[] {
  return [...dialects.keys()].sort();
}
