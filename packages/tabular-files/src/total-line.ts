/** Longer than anything that a cell with the name of a total, a day, an amount or a SIRET can hold. */
export const LONGEST_VALUE = 200;

/** What a total line calls itself, in whichever of its cells; a code may follow the word (`TOTAL-2012`), and is none then. */
const TOTAL =
  /^(?:sous[\s-]*tota(?:l|ux)|s\/?\s*-?\s*total|sub[\s-]?total|grand[\s-]total|tota(?:l|ux)|cumuls?|(?:à\s+)?report(?:er)?|montant\s+total|somme)(?![\p{L}\p{N}])(?!\s*[-_/#]\s*\p{N})/iu;
/** As spreadsheets write it behind what it is the total of: `DIF Total`, `R1 Résultat`. */
const BEHIND = /\S\s+(?:sous[\s-]?total|total|totaux|somme|r[ée]sultat)(?:\s+(?:g[ée]n[ée]ral|partiel))?$/i;
const ALONE = /^(?:tot\.?|ensemble|r[ée]sultat|result)$/i;
/** Letters with which the words that stand behind or alone end, so that other cells cost nothing. */
const LAST_LETTERS = new Set([...'lLxXeEtT.'].map((letter) => letter.charCodeAt(0)));

/** Whether a cell is the name of a total. */
export function saysTotal(text: string): boolean {
  if (text === '' || text.length > LONGEST_VALUE) return false;
  return (
    TOTAL.test(text) ||
    (LAST_LETTERS.has(text.charCodeAt(text.length - 1)) && (BEHIND.test(text) || ALONE.test(text))) ||
    /^tot\.$/i.test(text)
  );
}
