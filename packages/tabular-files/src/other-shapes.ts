import { wordsOf } from './name-key.js';
import { type Row, textOf } from './table.js';

/** Tables that hold their lines in another shape: nothing is gained by renaming a column of theirs. */
export type OtherShape = 'transposed' | 'pivot';

const FEWEST = 3;
/** What programs write above and beside the sums of a pivot table. */
const OF_PIVOT =
  /^(?:etiquettes? de (?:lignes?|colonnes?)|row labels|column labels|(?:somme|moyenne|max|min) (?:de |des |sur |d )?(?:montants?|mt|mnt|couts?|prix|heures?|dossiers?|references?|siret)(?: .*)?|(?:nombre|nb) (?:de|des|sur|d|) ?(?:references?|siret|montants?)(?: .*)?|total resultat|(?:sum|count) of .*)$/;
const MONTH =
  'janv(?:ier)?|fev(?:r(?:ier)?)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?';
const PERIOD = new RegExp(
  `^(?:(?:${MONTH})(?: (?:19|20)?\\d\\d)?|(?:t|trimestre |s|semestre )[1-4](?: (?:19|20)\\d\\d)?|(?:0?[1-9]|1[0-2]) (?:19|20)\\d\\d|(?:19|20)\\d\\d(?: (?:0?[1-9]|1[0-2]|t[1-4]))?)$`,
);

/**
 * What shape the first lines of a table have, of which no line names the columns that are wanted.
 * @param known whether a text is the name of a column that is wanted
 */
export function otherShapeOf(head: readonly Row[], known: (text: string) => boolean): OtherShape | undefined {
  const first = head.filter(({ cells }) => cells.length > 1).map(({ cells }) => textOf(cells[0]));
  const named = new Set(first.filter((text) => text !== '' && known(text)).map(wordsOf));
  if (named.size >= FEWEST && named.size * 2 >= first.length) return 'transposed';
  const texts = head.map(({ cells }) => cells.map((cell) => wordsOf(textOf(cell).slice(0, 100))));
  if (texts.some((row) => row.some((text) => OF_PIVOT.test(text)))) return 'pivot';
  return texts.some((row) => namesPeriods(row)) ? 'pivot' : undefined;
}

/** Whether a line is one of headings among which are periods: a line of the table has figures of other kinds too. */
function namesPeriods(row: readonly string[]): boolean {
  const filled = row.filter((text) => text !== '');
  const isOfNames = filled.every((text) => PERIOD.test(text) || (/[a-z]/.test(text) && !/\d{5}/.test(text)));
  return isOfNames && new Set(filled.filter((text) => PERIOD.test(text))).size >= FEWEST;
}
