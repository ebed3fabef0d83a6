import { addDays, type CalendarDate } from '@gpect/domain-values/calendar';
import { nameOfField } from '@gpect/service-kit/mongo/field-names';
import type { FirmSaid } from '../cube/firms.js';
import type { ProgrammeDocument } from '../facts/documents.js';
import { type MonthSpan, monthNumber } from './months.js';

const OF_FUNDER = 'spend:funder:';

/** The funders that paid anything for a firm before a month (ever, where none is said), in their order. */
export function fundersOf({ said }: Pick<FirmSaid, 'said'>, until = Number.POSITIVE_INFINITY): string[] {
  return [...said]
    .filter(([measure, days]) => measure.startsWith(OF_FUNDER) && monthNumber(days[0]?.[0] ?? '') < until)
    .map(([measure]) => measure.slice(OF_FUNDER.length))
    .sort();
}

/**
 * The months that each funder's files cover. No event says it: they cover from the month of the first payment to that of the
 * last, of all firms of the programme, but no month that had not ended when the funder's last file was read, or by the day up
 * to which is counted.
 */
export function coverageOf(
  firms: readonly FirmSaid[],
  { spendReadOn = {} }: Pick<ProgrammeDocument, 'spendReadOn'>,
  asOf: CalendarDate | undefined,
): Map<string, MonthSpan> {
  const read = new Map(Object.entries(spendReadOn).map(([field, day]) => [nameOfField(field), day]));
  const spans = new Map<string, MonthSpan>();
  for (const { said } of firms)
    for (const [measure, days] of said) {
      if (!measure.startsWith(OF_FUNDER)) continue;
      const funder = measure.slice(OF_FUNDER.length);
      const [first, last] = [monthNumber(days[0]?.[0] ?? ''), monthNumber(days.at(-1)?.[0] ?? '')];
      const { from, until } = spans.get(funder) ?? { from: first, until: last + 1 };
      spans.set(funder, { from: Math.min(from, first), until: Math.max(until, last + 1) });
    }
  return new Map(
    [...spans].map(([funder, { from, until }]) => {
      const ended = [asOf, read.get(funder)].flatMap((day) => (day ? [monthNumber(addDays(day, 1))] : []));
      return [funder, { from, until: Math.min(until, ...ended) }];
    }),
  );
}

/** Whether the files of all these funders cover a span. */
export const isCovered = (
  { from, until }: MonthSpan,
  funders: readonly string[],
  coverage: ReadonlyMap<string, MonthSpan>,
): boolean =>
  funders.every((funder) => {
    const span = coverage.get(funder);
    return span !== undefined && span.from <= from && until <= span.until;
  });
