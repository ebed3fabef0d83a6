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

/** What it would say is larger than a topic takes: it is said in parts, or not at all. */
export function eventTooLarge(bytes: number, most: number): Refusal {
  return {
    code: 'event_too_large',
    kind: 'rule',
    detail: `the event would have ${bytes} bytes, more than the ${most} bytes that a topic takes: send less at once, or shorter texts`,
  };
}

/** What it would say breaks our own contract: nothing is wrong with what was sent, and nobody can mend it there. */
export function eventBreaksContract(fault: string): Refusal {
  return {
    code: 'event_breaks_contract',
    kind: 'rule',
    detail: `a fault of the programme, not of the line: ${fault}; tell operations, and send the line again once it is mended`,
  };
}

/** A state with what is possible in it. A step of a life cycle leaves it out: its own state, and its table, are said then. */
interface Standing {
  readonly state: string;
  readonly allowed: readonly string[];
}

/** Not in this state. */
export function transitionForbidden(detail: string, standing?: Partial<Standing>): Refusal {
  return { code: 'transition_forbidden', kind: 'transition', ...standing, detail };
}

/** A command that the state does not allow, with those that it does. */
export function commandForbidden(command: string, what: string, state: string, allowed: readonly string[]): Refusal {
  const possible = allowed.join(', ') || 'nothing';
  const detail = `"${command}" is not possible: the ${what} is ${state}; possible now: ${possible}`;
  return transitionForbidden(detail, { state, allowed });
}

/** What a command names is not there. */
export function notKnown(field: string, value: string, detail: string): Refusal {
  return { code: `${field}_unknown`, kind: 'unknown', field, value, detail: `${value}: ${detail}` };
}

/** Something is known under this number and was said otherwise; what is new takes a number of its own. */
export function saidOtherwise(field: string, value: string, standing?: Partial<Standing>): Refusal {
  return {
    code: `${field}_differs`,
    kind: 'transition',
    field,
    value,
    ...standing,
    detail: `${field} ${value} is known with other contents; give a new one its own number`,
  };
}

/** One name for two things of a list. */
export function namedTwice(field: string, value: string): Refusal {
  return { code: `${field}_twice`, kind: 'rule', field, value, detail: `${value} is named twice; name each once` };
}

/** The first that stands in a list a second time. */
export function firstTwice(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}
