import type { components } from '@gpect/contracts/generated/api-reporting';
import type { Documents } from '../programmes/documents.js';
import type { Column, FirmSource, MadeColumn, Value } from './column.js';
import { columnsOf } from './columns.js';

/** Rows of firms and their columns, as they are kept and told. */
export interface FirmFile {
  readonly id: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly noteFr: string;
  readonly noteEn: string;
  /** Of rows that are released: firms that are alike at least, and firms of which there is no row, to so many. */
  readonly alike?: number;
  readonly leftOut?: number;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

/** Every column of every firm: for full sight alone. */
export function wholeFile(sources: readonly FirmSource[], documents: Documents): FirmFile {
  const columns = columnsOf(sources, documents);
  return {
    id: 'firms',
    labelFr: 'Une ligne par entreprise',
    labelEn: 'One row a firm',
    noteFr:
      'Données individuelles, pseudonymisées et non anonymes : qui connaît une entreprise peut l’y reconnaître. À ne pas diffuser, ni rapprocher d’autres fichiers ; la consultation et sa finalité sont inscrites au journal.',
    noteEn:
      'Data of single firms, under pseudonyms and not anonymous: who knows a firm may recognise it. Not for publication, nor to be joined with other files; the reading and its purpose are in the audit trail.',
    columns: columns.map(codebookOf),
    // By pseudonym: an order that says nothing of firms.
    rows: [...sources]
      .sort((a, b) => (a.pseudonym < b.pseudonym ? -1 : 1))
      .map((source) => columns.map((column) => column.valueOf(source))),
  };
}

export const codebookOf = ({ valueOf: _, ...column }: MadeColumn): Column => column;

type Schemas = components['schemas'];

/** Files as they are answered. */
export const filesTold = (files: readonly FirmFile[]): Schemas['FirmFile'][] =>
  files.map(({ columns, rows, ...file }) => ({
    ...file,
    columns: columns.map(({ column }) => column),
    rows: rows.map((row) => [...row]),
  }));

/** The codebook of files: a column that stands in several once. */
export function codebook(files: readonly FirmFile[]): Schemas['CodebookColumn'][] {
  const byColumn = new Map<string, Schemas['CodebookColumn']>();
  for (const { id, columns } of files)
    for (const { codes, ...column } of columns) {
      const key = JSON.stringify([column, codes]);
      const known = byColumn.get(key);
      if (known) known.files.push(id);
      else byColumn.set(key, { ...column, files: [id], codes: codes.map((code) => ({ ...code })) });
    }
  return [...byColumn.values()];
}
