import { withoutZeros } from './reference.js';
import { type Entry, effectOf, type SpendLine } from './spend-line.js';

/** A line as it is kept, under `<programme>/<funder>/<reference>`. */
export interface LineDocument extends SpendLine {
  readonly _id: string;
  /** Of what counts, or of what was said last: the firm under which it is found. */
  readonly siret: string;
  /** The key under which it is known now, of a line whose reference was kept in an older spelling. */
  readonly same?: string;
  /** Its key without the zeros at the head of what is digits alone, where it has any: a spreadsheet may lose them. */
  readonly bare?: string;
  /** Number of the last write. */
  readonly version: number;
  readonly entries: readonly Entry[];
}

/** What the key of a line says. */
export function identityOf({ _id }: LineDocument): { programme: string; funder: string; reference: string } {
  const [programme = '', funder = '', reference = ''] = _id.split('/');
  return { programme, funder, reference };
}

/** A line that a chunk changed: what it was, where it was known, and what it is. */
export interface LineWrite {
  readonly before: LineDocument | undefined;
  readonly after: LineDocument;
}

/** The line after a decision, under the key that it has; the very object that it was where nothing is to be kept. */
export function keptAs(id: string, before: LineDocument | undefined, line: SpendLine): LineDocument {
  if (before && before.entries === line.entries) return before;
  const { content } = effectOf(line);
  const siret = content?.siret ?? line.entries.at(-1)?.content.siret ?? before?.siret ?? '';
  return {
    _id: before?._id ?? id,
    ...(before?.same === undefined ? {} : { same: before.same }),
    ...bareOf(before?.same ?? before?._id ?? id),
    siret,
    version: (before?.version ?? 0) + 1,
    revision: line.revision,
    entries: line.entries,
  };
}

/** What a line is also found by, of its key. */
export function bareOf(id: string): { bare?: string } {
  const bare = withoutZeros(id);
  return bare === undefined || bare === id ? {} : { bare };
}
