import { wordsOf } from './name-key.js';
import { type Row, textOf } from './table.js';

/** Tables that hold their lines in another shape: nothing is gained by renaming a column of theirs. */
export type OtherShape = 'transposed' | 'pivot';

const FEWEST = 3;
/** What programs write above and beside the sums of a pivot table. */
const OF_PIVOT =
  /^(?:etiquettes? de (?:lignes?|colonnes?)|row labels|column labels|(?:somme|nombre|moyenne|max|min|nb) (?:de|des|sur|d) (?=.*(?:montant|mt|cout|dossier|reference|siret|heure)).*|(?:sum|count) of .*)$/;
const MONTH =
  'janv(?:ier)?|fevr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?';
const PERIOD = new RegExp(
  `^(?:(?:${MONTH})(?: (?:19|20)?\\d\\d)?|(?:t|trimestre |s|semestre )[1-4](?: (?:19|20)\\d\\d)?|(?:19|20)\\d\\d(?: (?:0?[1-9]|1[0-2]|t[1-4]))?)$`,
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
  return texts.some((row) => new Set(row.filter((text) => PERIOD.test(text))).size >= FEWEST) ? 'pivot' : undefined;
}
