import type { Refusal } from '../aggregate/aggregate.js';

export interface ProblemFault {
  readonly pointer?: string;
  readonly detail: string;
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly state?: string;
  readonly allowed?: readonly string[];
  readonly errors?: readonly ProblemFault[];
}

/** Problem details (RFC 9457), thrown by a route and written by the one error handler. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Last part of the type: `urn:gpect:problem:<code>`. */
    readonly code: string,
    readonly title: string,
    readonly more: {
      detail?: string;
      state?: string;
      allowed?: readonly string[];
      errors?: readonly ProblemFault[];
    } = {},
  ) {
    super(title);
  }

  body(): ProblemBody {
    return { type: `urn:gpect:problem:${this.code}`, title: this.title, status: this.status, ...this.more };
  }
}

const REFUSED = {
  transition: { status: 409, title: 'Not possible in this state' },
  rule: { status: 422, title: "Against the programme's rules" },
  unknown: { status: 404, title: 'Not found' },
} as const;

export function problemOf(refusal: Refusal): Problem {
  const { status, title } = REFUSED[refusal.kind];
  return new Problem(status, refusal.code.replaceAll('_', '-'), title, {
    detail: refusal.detail,
    ...(refusal.state === undefined ? {} : { state: refusal.state }),
    ...(refusal.allowed === undefined ? {} : { allowed: refusal.allowed }),
    ...(refusal.field === undefined ? {} : { errors: [{ pointer: `/${refusal.field}`, detail: refusal.detail }] }),
  });
}
