import { frenchOfRefusal } from '@gpect/contracts/refusals-in-french';
import { pointerTo, tellable } from '@gpect/domain-values/json-pointer';
import { sayable } from '@gpect/domain-values/text';
import type { Language } from '@gpect/tabular-files/messages';
import type { Refusal } from '../aggregate/aggregate.js';
import { TITLES, type Title } from './titles.js';

/** One fault: of a body where it stands in it, of anything else which parameter it is. */
export interface ProblemFault {
  /** JSON pointer (RFC 6901) into what was sent; '' is the whole. */
  readonly pointer?: string;
  readonly in?: 'query' | 'header' | 'path';
  readonly parameter?: string;
  readonly detail: string;
}

/** A fault with its detail in both languages; one that has no French is told in English. */
export interface SaidFault extends ProblemFault {
  readonly french?: string;
}

/** A limit that was reached: so many requests in so many seconds, and how many seconds to wait. */
interface ReachedLimit {
  readonly requests: number;
  readonly seconds: number;
  readonly retryAfter: number;
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly state?: string;
  readonly allowed?: readonly string[];
  readonly limit?: ReachedLimit;
  readonly errors?: readonly ProblemFault[];
}

/** Problem details (RFC 9457), thrown by a route and written by the one error handler. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Last part of the type: `urn:gpect:problem:<code>`. */
    readonly code: string,
    readonly title: Title,
    readonly more: {
      detail?: string;
      /** The detail for clerks, who are spoken to in French where they do not ask for English. */
      french?: string;
      state?: string;
      allowed?: readonly string[];
      limit?: ReachedLimit;
      errors?: readonly SaidFault[];
    } = {},
    /** Seconds after which it may be sent again. */
    readonly retryAfter?: number,
  ) {
    super(title);
  }

  body(language: Language = 'en'): ProblemBody {
    const { detail: english, french = english, errors, ...more } = this.more;
    const detail = language === 'fr' ? french : english;
    return {
      type: `urn:gpect:problem:${this.code}`,
      title: language === 'fr' ? TITLES[this.title] : this.title,
      status: this.status,
      ...(detail === undefined ? {} : { detail: short(detail) }),
      ...more,
      ...(errors === undefined ? {} : { errors: bounded(errors, language) }),
    };
  }
}

/** Faults that one answer names; it has to fit into an event. */
const MOST_FAULTS = 200;
const LONGEST_DETAIL = 1000;

function bounded(errors: readonly SaidFault[], language: Language): ProblemFault[] {
  const named = errors.slice(0, MOST_FAULTS).map(({ pointer, detail, french = detail, ...more }) => ({
    ...(pointer === undefined ? {} : { pointer: tellable(pointer, LONGEST_DETAIL) }),
    ...more,
    detail: short(language === 'fr' ? french : detail),
  }));
  const more = errors.length - named.length;
  return more > 0 ? [...named, { detail: language === 'fr' ? `et ${more} de plus` : `and ${more} more` }] : named;
}

/** What somebody sent is not said again at any length. */
function short(text: string): string {
  const fit = sayable(text);
  return fit.length > LONGEST_DETAIL ? `${fit.slice(0, LONGEST_DETAIL).replace(/\p{Cs}$/u, '')}…` : fit;
}

const REFUSED = {
  transition: { status: 409, title: 'Not possible in this state' },
  rule: { status: 422, title: "Against the programme's rules" },
  unknown: { status: 404, title: 'Not found' },
} as const;

export function problemOf(refusal: Refusal): Problem {
  const { status, title } = REFUSED[refusal.kind];
  const { french = frenchOfRefusal(refusal) } = refusal;
  const detail = { detail: refusal.detail, ...(french === undefined ? {} : { french }) };
  return new Problem(status, refusal.code.replaceAll('_', '-'), title, {
    ...detail,
    ...(refusal.state === undefined ? {} : { state: refusal.state }),
    ...(refusal.allowed === undefined ? {} : { allowed: refusal.allowed }),
    ...(refusal.field === undefined ? {} : { errors: [{ pointer: pointerTo(refusal.field), ...detail }] }),
  });
}
