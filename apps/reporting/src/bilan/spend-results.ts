import { addMonths, type Month, monthOf } from '@gpect/domain-values/calendar';
import type { FirmDocument } from '../read-model/documents.js';
import { WINDOW_RULE } from './indicators.js';

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

/** Adds what was spent for one firm, enrolled or not; all in cents. */
export function addSpend(results: SpendResults, firm: FirmDocument): void {
  results.lines += firm.spendLines ?? 0;
  const windows = windowsOf(firm);
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
    if (firm.enrolledOn) results.enrolledFirmsCents += ofMonth;
    if (windows && within(month, windows.before)) results.accompaniedFirmsCents.before12Months += ofMonth;
    if (windows && within(month, windows.after)) results.accompaniedFirmsCents.after12Months += ofMonth;
  }
}

interface Window {
  readonly from: Month;
  /** The first month that is no longer inside. */
  readonly until: Month;
}

/** The windows of an accompanied firm (WINDOW_RULE); none for the others. */
export function windowsOf({ enrolledOn, completedOn }: FirmDocument): { before: Window; after: Window } | undefined {
  if (!enrolledOn || !completedOn) return undefined;
  const enrolled = monthOf(enrolledOn);
  const end = addMonths(monthOf(completedOn), 1);
  return {
    before: { from: addMonths(enrolled, -12), until: enrolled },
    after: { from: end, until: addMonths(end, 12) },
  };
}

const within = (month: Month, { from, until }: Window): boolean => month >= from && month < until;

function add(totals: Record<string, number>, key: string, cents: number): void {
  totals[key] = (totals[key] ?? 0) + cents;
}
