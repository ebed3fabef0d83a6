import type { FirmSaid } from '../cube/firms.js';
import type { EstimateAsked } from '../statistics/estimate.js';
import { workedOutOnce } from '../statistics/worked-out-once.js';
import { coverageOf, fundersOf, isCovered } from './coverage.js';
import { dayOf, type MonthSpan, type Windows, WindowsOfFirms } from './months.js';

/** An accompanied firm both of whose windows have elapsed and are covered by the files of its funders. */
export interface Participant {
  readonly firm: FirmSaid;
  readonly funders: readonly string[];
  readonly windows: Windows;
}

export interface Participants {
  readonly counted: readonly Participant[];
  readonly coverage: ReadonlyMap<string, MonthSpan>;
  /** Whose 12 months after have not elapsed, or are not in the funders' files yet. */
  readonly waiting: number;
  /** Whose 12 months before are not in the funders' files. */
  readonly notCovered: number;
  /** For which no funder ever paid: whose files would hold what it spent is not known. */
  readonly withoutLine: number;
  /** All that are not counted: sums that are told beside estimates count them. */
  readonly leftOut: readonly Pick<Participant, 'firm' | 'windows'>[];
}

/** The accompanied firms of the scope, told apart by whether their spend can be compared. */
export const participantsOf = workedOutOnce(({ firms, asOf, documents }: EstimateAsked): Participants => {
  const coverage = coverageOf(firms, documents.programme, asOf);
  const left = { waiting: 0, notCovered: 0, withoutLine: 0 };
  const counted: Participant[] = [];
  const leftOut: Participant[] = [];
  const windowsOf = new WindowsOfFirms();
  for (const firm of firms) {
    const [enrolledOn, completedOn] = [dayOf(firm, 'enrolled'), dayOf(firm, 'accompanied')];
    const windows = firm.isIn && enrolledOn && completedOn ? windowsOf.days(enrolledOn, completedOn) : undefined;
    if (!windows) continue;
    const funders = fundersOf(firm);
    const isIn = [windows.before, windows.after].every((span) => isCovered(span, funders, coverage));
    (isIn && funders.length > 0 ? counted : leftOut).push({ firm, funders, windows });
    if (funders.length === 0) left.withoutLine++;
    else if (isIn) continue;
    else if (funders.some((funder) => windows.after.until > (coverage.get(funder)?.until ?? 0))) left.waiting++;
    else left.notCovered++;
  }
  return { counted, coverage, leftOut, ...left };
});
