import { isWithin, spendWindows, WINDOW_RULE } from '@gpect/domain-values/spend-windows';
import type { FirmDocument } from '../read-model/documents.js';
import type { FirmDates } from './moved-firms.js';

export interface SpendResults {
  lines: number;
  totalCents: number;
  readonly byFunderCents: Record<string, number>;
  readonly bySchemeCents: Record<string, number>;
  enrolledFirmsCents: number;
  readonly accompaniedFirmsCents: { before12Months: number; after12Months: number; readonly windowRule: string };
}

export function noSpend(): SpendResults {
  return {
    lines: 0,
    totalCents: 0,
    byFunderCents: {},
    bySchemeCents: {},
    enrolledFirmsCents: 0,
    accompaniedFirmsCents: { before12Months: 0, after12Months: 0, windowRule: WINDOW_RULE },
  };
}

/**
 * Adds what was spent for one firm, enrolled or not; all in cents.
 * @param dates of the firm, or of the one that it is now where its SIRET moved
 */
export function addSpend(results: SpendResults, firm: FirmDocument, dates: FirmDates = firm): void {
  results.lines += firm.spendLines ?? 0;
  const windows = spendWindows(dates.enrolledOn, dates.completedOn);
  for (const [month, byFunder] of Object.entries(firm.spend ?? {})) {
    let ofMonth = 0;
    for (const [funder, byScheme] of Object.entries(byFunder)) {
      for (const [scheme, cents] of Object.entries(byScheme)) {
        add(results.byFunderCents, funder, cents);
        add(results.bySchemeCents, scheme, cents);
        ofMonth += cents;
      }
    }
    results.totalCents += ofMonth;
    if (dates.enrolledOn) results.enrolledFirmsCents += ofMonth;
    if (windows && isWithin(month, windows.before)) results.accompaniedFirmsCents.before12Months += ofMonth;
    if (windows && isWithin(month, windows.after)) results.accompaniedFirmsCents.after12Months += ofMonth;
  }
}

function add(totals: Record<string, number>, key: string, cents: number): void {
  totals[key] = (totals[key] ?? 0) + cents;
}
