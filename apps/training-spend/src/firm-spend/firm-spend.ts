import { monthOf } from '@gpect/domain-values/calendar';
import { isWithin, type MonthWindow, spendWindows } from '@gpect/domain-values/spend-windows';
import type { Contact } from '../contact/contact.js';
import { identityOf, type LineDocument } from '../spend-line/kept-line.js';
import { type Content, effectOf } from '../spend-line/spend-line.js';
import type { FirmDates } from './firm-dates.js';

/** A line of a firm as it stands. */
export interface FirmLine {
  readonly funder: string;
  readonly reference: string;
  readonly content: Content;
  readonly status: 'RECORDED' | 'CANCELLED';
  /** Short id of the file that recorded it, and the line there. */
  readonly file: string;
  readonly line: number;
}

/** The lines that count or counted; those that wait for their original are not among them. */
export function firmLines(lines: readonly LineDocument[]): FirmLine[] {
  return lines.flatMap((document) => {
    const { content, cancelled } = effectOf(document);
    const origin = document.entries.find((e) => e.kind === 'record')?.origins[0];
    if (!content || !origin) return [];
    const { funder, reference } = identityOf(document);
    return [{ funder, reference, content, status: cancelled ? 'CANCELLED' : 'RECORDED', ...origin } as const];
  });
}

/** What the months before enrolment and after completion hold; of accompanied firms alone. */
export function windowsOf(lines: readonly FirmLine[], { enrolledOn, completedOn }: Omit<FirmDates, '_id'>) {
  const windows = spendWindows(enrolledOn, completedOn);
  const sum = (window: MonthWindow) => {
    const inside = lines.filter((l) => l.status === 'RECORDED' && isWithin(monthOf(l.content.paidOn), window));
    return { ...window, cents: inside.reduce((cents, l) => cents + l.content.amountCents, 0), lines: inside.length };
  };
  return windows && { before: sum(windows.before), after: sum(windows.after) };
}

/** Practices of training: the first payment for each scheme, and the contacts with the funders. */
export function practicesOf(
  lines: readonly FirmLine[],
  contacts: readonly Contact[],
  { enrolledOn }: Omit<FirmDates, '_id'>,
) {
  const first = new Map<string, string>();
  for (const { content, status } of lines) {
    if (status !== 'RECORDED' || content.amountCents <= 0) continue;
    const known = first.get(content.scheme);
    if (known === undefined || content.paidOn < known) first.set(content.scheme, content.paidOn);
  }
  return {
    firstUses: [...first]
      .sort(([a, dayA], [b, dayB]) => (dayA < dayB || (dayA === dayB && a < b) ? -1 : 1))
      .map(([scheme, on]) => ({ scheme, on, ...(enrolledOn ? { sinceEnrolment: on >= enrolledOn } : {}) })),
    contacts: [...contacts]
      .sort((a, b) => (a.on < b.on || (a.on === b.on && a.reference < b.reference) ? -1 : 1))
      .map(({ funder, reference, on, kind, subject }) => ({
        funder,
        reference,
        on,
        kind,
        ...(subject ? { subject } : {}),
      })),
  };
}
