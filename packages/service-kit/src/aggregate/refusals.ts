import type { CalendarDate } from '@gpect/domain-values/calendar';
import type { Refusal } from './aggregate.js';

/** A day that has not come: what is recorded has happened. */
export function inFuture(field: string, date: CalendarDate, whatToDo: string): Refusal {
  return {
    code: 'date_in_future',
    kind: 'rule',
    field,
    value: date,
    detail: `${date} is in the future; ${whatToDo}`,
  };
}

/** A day before something that it can only follow; `what` names that with its day. */
export function tooEarly(field: string, date: CalendarDate, what: string): Refusal {
  return { code: 'date_too_early', kind: 'rule', field, value: date, detail: `${date} is before ${what}` };
}

/** Not in this state. */
export function transitionForbidden(state: string, allowed: readonly string[], detail: string): Refusal {
  return { code: 'transition_forbidden', kind: 'transition', state, allowed, detail };
}

/** A command that the state does not allow, with those that it does. */
export function commandForbidden(command: string, what: string, state: string, allowed: readonly string[]): Refusal {
  const possible = allowed.join(', ') || 'nothing';
  return transitionForbidden(
    state,
    allowed,
    `"${command}" is not possible: the ${what} is ${state}; possible now: ${possible}`,
  );
}
