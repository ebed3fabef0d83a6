import { DIGIT, type NumberFormat, namesEuro, otherUnit, PLAIN, signOf } from './spreadsheet.js';

/** A data style of an OpenDocument spreadsheet, as far as it tells what a cell shows. Source: OpenDocument 1.3, part 3, 16.29. */
export interface DataStyle {
  readonly name: string;
  readonly kind: string;
  day: boolean;
  /** The attributes of its `number:number`. */
  number?: Readonly<Record<string, string>>;
  /** Its own text before the number and behind it. */
  before: string;
  after: string;
  /** The style by which it shows numbers that are not negative, where it is that of the others. */
  ofPositive?: string;
}

const NUMBERS_OF: ReadonlyMap<string, NumberFormat['kind']> = new Map([
  ['number:boolean-style', 'truth'],
  ['number:percentage-style', 'percent'],
]);

/** Kinds of styles that tell what a number is. */
export const DATA_STYLES: ReadonlySet<string> = new Set([
  'number:date-style',
  'number:number-style',
  'number:currency-style',
  'number:text-style',
  ...NUMBERS_OF.keys(),
]);

/** Whether a style with this condition shows what is greater than some number, as the first section of a format does. */
export function isOfPositive(condition: string | undefined): boolean {
  return condition !== undefined && /^value\(\)\s*>/.test(condition);
}

/** How each style shows numbers; one that has another for those that are not negative, as that one does. */
export function formatsOf(styles: ReadonlyMap<string, DataStyle>): Map<string, NumberFormat> {
  return new Map(
    [...styles].map(([name, style]) => [name, formatOf(styles.get(style.ofPositive ?? name) ?? style)] as const),
  );
}

/** No sheet shows more digits than that. */
const MOST_DIGITS = 20;

function formatOf({ kind, day, number, before, after }: DataStyle): NumberFormat {
  if (kind === 'number:date-style') return { kind: day ? 'date' : 'month' };
  const whole = NUMBERS_OF.get(kind);
  if (whole) return { kind: whole };
  const text = `${before} ${after}`.trim();
  const own = signOf(before, after);
  const signed = own ? { signed: own } : {};
  const thousands = thousandsOf(number?.['number:display-factor']);
  if (thousands !== undefined) return { kind: 'scaled', thousands, unit: text, ...signed };
  const decimals = wholeNumber(number?.['number:decimal-places']);
  const shape = shapeOf(number, decimals, before, after);
  const unit = otherUnit(text) ?? (own && text);
  if (unit) return { kind: 'unit', unit, ...shape, ...signed };
  return {
    ...PLAIN,
    ...(decimals === undefined ? {} : { decimals }),
    ...shape,
    ...(namesEuro(text) ? { euro: true } : {}),
  };
}

function wholeNumber(written: string | undefined): number | undefined {
  return written !== undefined && /^\d{1,2}$/.test(written) ? Number(written) : undefined;
}

/** How many times a thousand a factor leaves off; 0 for one that is no such number. */
function thousandsOf(factor: string | undefined): number | undefined {
  if (factor === undefined || Number(factor) === 1) return undefined;
  const times = [1, 2, 3, 4].find((n) => Number(factor) === 1000 ** n);
  return times ?? 0;
}

/** Zeros are shown at the head of a number that has fewer digits than its style asks for: `12` as `0012`. */
function shapeOf(
  number: DataStyle['number'],
  decimals: number | undefined,
  before: string,
  after: string,
): Pick<NumberFormat, 'shape'> {
  const digits = Math.min(MOST_DIGITS, wholeNumber(number?.['number:min-integer-digits']) ?? 1);
  if (digits < 2 || (decimals ?? 0) > 0 || number?.['number:grouping'] === 'true') return {};
  return { shape: before + DIGIT.repeat(digits) + after };
}
