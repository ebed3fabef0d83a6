/** A unit that is named beside amounts: euros, thousands or millions of them, or another currency. */
export type Unit = 'EUR' | 'kEUR' | 'other';

const THOUSANDS = /(?:^|[^\p{L}])k\s?(?:€|e(?:uros?|ur)?(?![\p{L}]))|milliers|(?:^|[^\p{L}])ke(?![\p{L}])/iu;
const MILLIONS = /(?:^|[^\p{L}])m(?:io)?\s?(?:€|euros?(?![\p{L}])|eur(?![\p{L}]))|millions?/iu;
const CURRENCIES = /[$£¥]|(?:^|[^\p{L}])(?:usd|gbp|chf|cad|xpf|francs?|dollars?)(?![\p{L}])/iu;
const EUROS = /€|(?:^|[^\p{L}])(?:euros?|eur)(?![\p{L}])/iu;
const LONGEST = 300;

/** The unit that a heading, a title or a cell names; undefined where it names none. */
export function unitNamed(text: string): Unit | undefined {
  if (text.length > LONGEST) return undefined;
  if (THOUSANDS.test(text)) return 'kEUR';
  if (MILLIONS.test(text) || CURRENCIES.test(text)) return 'other';
  return EUROS.test(text) ? 'EUR' : undefined;
}
