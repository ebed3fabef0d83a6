import { readFileSync } from 'node:fs';
import { own } from '@gpect/domain-values/records';

interface PriceList {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** The year whose index is 100. */
  readonly baseYear: number;
  /** The month in which the source stood so. */
  readonly edition: string;
  readonly source: string;
  /** Yearly averages by year, without a gap. */
  readonly years: Readonly<Record<string, number>>;
}

/**
 * Prices in France by year. An edition that goes further takes the place of `data/consumer-prices.json`; years that were known
 * keep their index where the source did not revise it.
 */
export const CONSUMER_PRICES = JSON.parse(
  readFileSync(new URL('../data/consumer-prices.json', import.meta.url), 'utf8'),
) as PriceList;

const YEARS = Object.keys(CONSUMER_PRICES.years).map(Number);
/** The years that the index knows: from the first to the last. */
export const PRICED = { first: Math.min(...YEARS), last: Math.max(...YEARS) } as const;

/** The price of a year against that of the base year; undefined for a year that the index does not know: it is not carried on. */
export function priceOfYear(year: number): number | undefined {
  const index = own(CONSUMER_PRICES.years, String(year));
  return index === undefined ? undefined : index / 100;
}
