import type { WantedColumn } from '@gpect/tabular-files/headings';
import { headingKey } from '@gpect/tabular-files/name-key';

/** A column that a kind of file has. */
export interface ImportColumn {
  /** Its name in the contract; case, accents, punctuation and spaces do not count. */
  readonly name: string;
  /** What else people call it, where one column alone is called so. */
  readonly aliases?: readonly string[];
  /** What tells one line from another, and so is absent from a total: a SIRET, a day, an identifier. */
  readonly holds?: 'siret' | 'day' | 'id';
  /** Its cell may be empty. */
  readonly mayBeEmpty?: true;
  /** The file may be without it. */
  readonly mayLack?: true;
}

/** What lines of one kind of file are. */
export interface KindOfLines {
  readonly columns: readonly ImportColumn[];
  /** They are of what is planned, or begins: nothing of them needs to have happened. */
  readonly mayBePending?: true;
}

export function wantedOf(columns: readonly ImportColumn[]): WantedColumn<string>[] {
  return columns.map(({ name, aliases = [], mayLack }) => {
    const keys = new Set(aliases.map(headingKey));
    return {
      field: name,
      names: [name],
      ...(keys.size > 0 ? { passes: (heading: string) => keys.has(headingKey(heading)) } : {}),
      required: mayLack !== true,
    };
  });
}
