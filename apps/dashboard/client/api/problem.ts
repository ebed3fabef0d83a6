/** Problem details (RFC 9457), as every service and the pages' own server answer. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }

  /** Last part of its type: `session-ended`. */
  get code(): string {
    return this.problem.type.split(':').at(-1) ?? '';
  }
}

/** What an answer that is no success says; its status alone where it says nothing that can be read. */
export function problemIn(body: unknown, status: number): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  return {
    type: typeof said.type === 'string' ? said.type : 'about:blank',
    title: typeof said.title === 'string' ? said.title : String(status),
    status,
    ...(typeof said.detail === 'string' ? { detail: said.detail } : {}),
  };
}
