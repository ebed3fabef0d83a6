import { wordsOf } from '@gpect/tabular-files/name-key';
import type { Cell } from '@gpect/tabular-files/table';
import { saysYes } from '@gpect/tabular-files/words-of-status';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { noteOfAmounts } from '../dialect/note-of-amounts.js';
import { columnSaysTax, saysWithTax, taxNamed } from '../dialect/tax-of.js';
import { type ColumnSays, firstWord } from './first-word.js';
import { wordColumnOf } from './words-of-columns.js';

/** What a column of its own, or a comment, says of the tax of a line's amount. */

const LONGEST = 200;
/** What may stand beside it in a cell that says nothing else: `montant en TTC`. */
const BESIDE = /(?<![a-z])(?:montants?|prix|couts?|sommes?|valeurs?|en|est|exprimee?s?|le|la|les)(?![a-z])/g;

/** Finds the words by which the amount of a line holds its tax; none where the dialect names such a column. */
export function withTaxOfLine(
  { headings, at }: Pick<SpendBinding, 'headings' | 'at'>,
  dialect: Dialect,
): (cells: readonly Cell[]) => ColumnSays | undefined {
  if (columnSaysTax(dialect)) return () => undefined;
  const read = new Set(Object.values(at));
  const columns = headings.flatMap((heading, i) => {
    const column = wordColumnOf(heading);
    if (read.has(i) || column === 'name') return [];
    const isComment = column === 'comment' || column === 'state' || column === 'kind' || column === 'stage';
    return [{ i, heading, isOfTax: saysWithTax(heading.slice(0, LONGEST)), isComment }];
  });
  return (cells) =>
    firstWord(columns, cells, (word, { isOfTax, isComment }) => {
      if (word.length > LONGEST) return undefined;
      const isSaid = saysNothingElse(word) || (isComment && noteOfAmounts(word, dialect)?.key === 'amount_ttc');
      return isSaid || (isOfTax && saysYes(word)) ? true : undefined;
    });
}

function saysNothingElse(word: string): boolean {
  const named = taxNamed(word);
  return named !== undefined && wordsOf(`${named.before} ${named.behind}`).replace(BESIDE, '').trim() === '';
}
