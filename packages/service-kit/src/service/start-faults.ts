import { cannotStart } from '../config/cannot-start.js';
import type { StartFault } from '../config/start-fault.js';
import type { Logger } from '../observability/logger.js';

/** What heals is said; what does not, ends the process: waiting would not help. */
export function faultsOf(logger: Logger) {
  return ({ heals, reason }: StartFault, error?: unknown): void => {
    if (!heals) {
      logger.fatal(reason);
      cannotStart('waiting does not help', [reason]);
    }
    logger.warn({ ...(error ? { err: error } : {}) }, reason);
  };
}

/** Why nobody can be listened to there. */
export function listenFault(error: NodeJS.ErrnoException, port: number): StartFault {
  const why =
    error.code === 'EADDRINUSE' ? 'another process has it' : `the system refuses it (${error.code ?? error.name})`;
  return { heals: false, reason: `cannot listen on port ${port}: ${why}; give PORT a free one` };
}
