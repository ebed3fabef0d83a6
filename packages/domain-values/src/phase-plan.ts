import type { CalendarDate } from './calendar.js';
import { own } from './records.js';

/** When a phase is to begin and to end. */
export interface PlannedPhase<Phase extends string = string> {
  readonly phase: Phase;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
}

/**
 * The phases that by a day should have begun and have not, or that should have ended and whose next has not begun.
 * @param order all phases, in their order
 * @param started by phase, the day on which it began
 */
export function latePhases<Phase extends string>(
  order: readonly Phase[],
  plan: readonly PlannedPhase<Phase>[],
  started: Readonly<Partial<Record<Phase, CalendarDate>>>,
  today: CalendarDate,
): Phase[] {
  return plan
    .filter(({ phase, startsOn, endsOn }) => {
      const next = order[order.indexOf(phase) + 1];
      const begun = own<CalendarDate | undefined>(started, phase);
      return (
        (!begun && startsOn < today) ||
        (begun && next && !own<CalendarDate | undefined>(started, next) && endsOn < today)
      );
    })
    .map(({ phase }) => phase);
}
