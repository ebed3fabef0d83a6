import { DIGIT, type NumberFormat, namesEuro, otherUnit, PLAIN } from './spreadsheet.js';

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
}

/** No sheet shows more digits than that. */
const MOST_DIGITS = 20;

export function formatOf({ kind, day, number, before, after }: DataStyle): NumberFormat {
  if (kind === 'number:date-style') return { kind: day ? 'date' : 'month' };
  const text = `${before} ${after}`.trim();
  const thousands = thousandsOf(number?.['number:display-factor']);
  if (thousands !== undefined) return { kind: 'scaled', thousands, unit: text };
  const decimals = wholeNumber(number?.['number:decimal-places']);
  const shape = shapeOf(number, decimals, before, after);
  const unit = otherUnit(text);
  if (unit) return { kind: 'unit', unit, ...shape };
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
