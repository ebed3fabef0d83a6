import type { Logger } from './logger.js';

/** An endpoint that stayed shut, for whoever watches who tries them: who, from where, what; a token and a query never. */
export interface SecurityEvent {
  readonly security: 'not-authenticated' | 'not-allowed';
  /** Why: the last part of the problem's type, or the reason of a line. */
  readonly problem: string;
  /** A network address, or the place of a record on a topic. */
  readonly from: string;
  readonly who?: string;
  readonly detail?: string;
  /** Lines of one file that were refused for it. */
  readonly lines?: number;
}

const SAID = {
  'not-authenticated': 'a request without a valid token was refused',
  'not-allowed': 'what was asked was refused: it is not its right',
} as const;

/** Every endpoint writes what it refuses for lack of rights by this one: requests, lines of files, events. */
export function logSecurity(logger: Logger, event: SecurityEvent & Readonly<Record<string, unknown>>): void {
  logger.warn(event, SAID[event.security]);
}
