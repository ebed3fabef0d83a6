import { fail, ok, type Result } from '@gpect/domain-values/result';
import { type CellFault, cellFault } from './cell-messages.js';
import { isErrorText } from './mend-text.js';
import { nameKey } from './name-key.js';
import { isNoted } from './raised-text.js';
import { type Cell, textOf } from './table.js';

/** Characters of a reference at the most, as the contracts say. */
export const LONGEST_REFERENCE = 120;
const REFERENCE = /^[^\s/][^/]*$/;
/** Keys, and references of the contract, hold no slash; `2012/00345` is known under a sign that looks like one (U+2215). */
const SLASH = '\u2215';
/** What a spreadsheet leaves of a long number that it takes for one: several references would become one. */
const LOST = /^\d(?:[.,]\d+)?E\+\d+$|^\d[.,]\d+E\d+$|^[1-9]\d{14}0{2,}$/i;

/** A star that refers to a note at the foot: `R1*`, `R1 (**)`. */
const STARRED = /[\p{L}\p{N}]\s?(?:\*{1,3}|\(\*{1,3}\))$/u;

/** Why a cell that is not empty holds no reference as somebody wrote it: a spreadsheet made something else of it. */
export function lostReference(cell: Cell | undefined): CellFault | undefined {
  const text = textOf(cell);
  if (typeof cell === 'object') {
    if (!('number' in cell) || (cell.kind !== undefined && cell.kind !== 'unit'))
      return cellFault('reference_unreadable.kind', { shown: text });
    if (/\d{16}/.test(cell.number)) return cellFault('reference_unreadable.lost');
  } else if (isErrorText(text)) return cellFault('reference_unreadable.kind', { shown: text });
  if (isNoted(text) || STARRED.test(text))
    return cellFault('reference_unreadable.note', { shown: text.slice(0, LONGEST_REFERENCE) });
  return LOST.test(text) ? cellFault('reference_unreadable.lost') : undefined;
}

/** What stands where a reference is missing; as one it would make several payments, or sessions, the same. */
const PLACEHOLDERS = new Set(
  [
    'idem',
    'id',
    'ditto',
    'dito',
    'nc',
    'na',
    'nd',
    'neant',
    'sans',
    'sans objet',
    'inconnu',
    'inconnue',
    'aucun',
    'aucune',
    'vide',
    'null',
    'none',
    'à venir',
    'en cours',
    'x',
    'xx',
    'xxx',
    'non communiqué',
    'non renseigné',
    'voir ci-dessus',
  ].map(nameKey),
);

/** Whether a text that is not empty stands where somebody's identifier is missing: marks alone, `néant`, `idem`. */
export function namesNothing(text: string): boolean {
  if (/\d/.test(text)) return false;
  const key = nameKey(text.slice(0, LONGEST_REFERENCE));
  return key === '' || PLACEHOLDERS.has(key);
}

/** A text as a reference of the contract. */
export function asReference(text: string): Result<string, CellFault> {
  const reference = text.replaceAll('/', SLASH);
  return reference.length <= LONGEST_REFERENCE && REFERENCE.test(reference)
    ? ok(reference)
    : fail(cellFault('reference_unreadable', { most: LONGEST_REFERENCE }));
}
