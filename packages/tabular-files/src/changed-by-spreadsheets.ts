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

/**
 * A formula whose value is the text: spreadsheets show the text, and write it as it is when they save. None of these texts
 * holds a quotation mark, so nothing else can be run by it.
 */
export function asFormula(text: string): string {
  return `="${text}"`;
}
