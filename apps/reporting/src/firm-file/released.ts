import { own } from '@gpect/domain-values/records';
import { DIMENSIONS, type Dimension } from '../dimensions/dimensions.js';
import type { Documents } from '../programmes/documents.js';
import { inOrder, type KeptSlice } from '../secrecy/rows/kept-slice.js';
import { coarseCodes, isTold, RECODED } from '../secrecy/rows/recoding.js';
import type { Code, Column } from './column.js';
import { columnOf, placeLabels } from './columns.js';
import type { FirmFile } from './firm-file.js';
import type { SliceText } from './slices.js';

/** A slice as it is kept with a release. */
export interface DescribedKept extends KeptSlice {
  readonly described: SliceText;
}

/** A slice of a release as a file. */
export function releasedFile(
  { slice, recoding, leftOut, classes, described }: DescribedKept,
  { date, alike, documents }: { readonly date: string; readonly alike: number; readonly documents: Documents },
): FirmFile {
  const dimensions = DIMENSIONS.filter(({ name }) => RECODED.includes(name) && isTold(recoding, name));
  const { labelFr, labelEn, columns } = described;
  const names = columns.map(({ column }) => column);
  return {
    id: slice,
    labelFr,
    labelEn,
    noteFr: `Chaque combinaison de secteur, de taille et des autres caractéristiques données est commune à au moins ${alike} entreprises. Le nombre de lignes est un multiple de ${alike}, si bien que les lignes ne se comptent pas comme un tableau ; environ ${leftOut} entreprises n’y sont pas. Une case vide est inconnue, ou laissée vide parce qu’une valeur est trop rare ou presque générale parmi ces entreprises. Les lignes d’un fichier ne sont pas dans l’ordre de celles d’un autre et ne s’y rapprochent pas.`,
    noteEn: `At least ${alike} firms share each combination of sector, size and the other characteristics that are given. Rows come in multiples of ${alike}, so that they are not to be counted like a table; some ${leftOut} firms are not among them. An empty cell is not known, or left out since a value is too rare or nearly general among these firms. The rows of one file are not in the order of another's and cannot be joined to them.`,
    alike,
    leftOut,
    columns: [
      ...dimensions.map((dimension) =>
        dimensionColumn(
          dimension,
          classes.map(({ at }) => own(at, dimension.name) ?? ''),
          coarseCodes(recoding, dimension.name),
          documents,
        ),
      ),
      RELEASE,
      ...columns,
    ],
    rows: classes.flatMap(({ at, of, rows, columns: told }) =>
      rows.map((row) => [
        ...dimensions.map(({ name }) => own(at, name) || null),
        of ?? date,
        ...inOrder(told, names)(row),
      ]),
    ),
  };
}

const RELEASE: Column = {
  column: 'release',
  labelFr: 'Publication',
  labelEn: 'Release',
  definitionFr:
    'Publication dont la ligne est : une plus ancienne quand trop peu d’entreprises semblables ont changé depuis.',
  definitionEn: 'The release that the row is of: an older one where too few firms like it have changed since.',
  kind: 'CODE',
  codes: [],
};

function dimensionColumn(
  dimension: Dimension,
  codes: readonly string[],
  coarse: readonly Code[],
  documents: Documents,
): Column {
  const there = [...new Set(codes)].filter((code) => code !== '').sort();
  return {
    ...columnOf(dimension),
    codes: there.map(
      (code) => coarse.find((one) => one.code === code) ?? { code, ...placeLabels(dimension.name, code, documents) },
    ),
  };
}
