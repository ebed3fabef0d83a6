/**
 * What a spreadsheet makes something else of when it opens a CSV by a double click, where nobody can say that a column is text:
 * `000102` becomes 102, a SIRET 5,52E+13, `3-4` a day, `1E5` a number, `vrai` VRAI. Which of it depends on the program and on
 * the country of its user, so everything is kept that any of them changes.
 */

/** What a number of few digits is written with, and nothing else: it stays as it is everywhere. */
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,9})$/;
/** Digits and what stands among them in numbers, amounts, percentages, days, hours, fractions. */
const NUMBER_OR_DAY = /^[\d \u00a0\u202f.,:/()+\-’%€$£]*\d[\d \u00a0\u202f.,:/()+\-'’%€$£]*$/;
const SCIENTIFIC = /^[+-]?[\d., ]+e[+-]?\d+$/i;
const WITH_UNIT = /^[+-]?[\d \u00a0\u202f.,:]+(?:eur|fr?|am?|pm?)$/i;
const BOOLEAN = /^(?:vrai|faux|true|false)$/i;
/** Months in French and English, whole or cut short, with a day or a year before or behind them: `MARS1`, `12 janv 2012`. */
const MONTH =
  /^(?:\d{1,4}[ ./-]*)?(?:jan|f[ée]v|feb|mar|avr|apr|mai|may|juin|juil|jun|jul|ao[uû]|aug|sep|oct|nov|d[ée]c)\p{L}{0,8}\.?[ ./,-]*(?:\d{1,4}(?:[ ./,-]+\d{2,4})?)?(?: +\d{1,2}:\d{2}(?::\d{2})?)?$/iu;
/** The longest text that a formula can hold; a longer one is no number and no day. */
const LONGEST = 255;

export function isChangedBySpreadsheets(text: string): boolean {
  if (text === '' || text.length > LONGEST || PLAIN_NUMBER.test(text)) return false;
  return (
    NUMBER_OR_DAY.test(text) ||
    SCIENTIFIC.test(text) ||
    WITH_UNIT.test(text) ||
    BOOLEAN.test(text) ||
    (/\d/.test(text) && MONTH.test(text))
  );
}

/** What an apostrophe keeps a text, and the reader takes it away again. */
const KEPT_BY_APOSTROPHE = /^[\d+-]/;

/**
 * A formula whose value a spreadsheet shows and writes when it saves, so that the text survives to be opened by a double click
 * once more: a text of digits behind an apostrophe, any other as a formula within the formula. None of these texts holds a
 * quotation mark, so nothing else can be run by it.
 */
export function asFormula(text: string): string {
  return KEPT_BY_APOSTROPHE.test(text) ? `="'${text}"` : `="=""${text}"""`;
}

/** What a formula that is only a text has for its value, also where it is one of ours. */
export function valueOfFormula(formula: string): string {
  const value = formula.slice(2, -1).trim();
  if (value.startsWith('=""') && value.endsWith('""') && value.length > 5) return value.slice(3, -2);
  return value.startsWith("'") && KEPT_BY_APOSTROPHE.test(value.slice(1)) ? value.slice(1) : value;
}
