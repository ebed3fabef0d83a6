import type { Problem } from './problem.js';

/** Who asks, as the token says. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  /** By bound role, the codes of those that it acts for. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** The programmes in which it may act or look: codes, `npdc-*` for all that begin so, `*` for all. */
  readonly programmes: readonly string[];
}

declare global {
  namespace Express {
    interface Request {
      caller?: Caller;
      /** Why the token was refused, whole: the validator that asks passes only its title on. */
      tokenRefusal?: Problem;
    }
  }
}
