import { own } from '@gpect/domain-values/records';
import { type Message, type Said as Sentence, said } from '@gpect/tabular-files/messages';
import type { Caller } from '../http/caller.js';
import type { Problem } from '../http/problem.js';
import type { Said } from './ownership.js';
import { inRoles, type Rights } from './rights.js';
import { RIGHTS_MESSAGES } from './rights-messages.js';

/** A request that a line of a file stands for: what it asks, the operation would be asked by its route. */
export interface AskedOperation extends Said {
  /** `operationId` in the service's contract. */
  readonly operation: string;
  /** Column that says what the line is about. */
  readonly column: string;
}

/** All that one line stands for: at least one operation. */
export type LineAsks = readonly [AskedOperation, ...AskedOperation[]];

/** Why a line is not taken, at the cell that says what it is about. */
export interface LineForbidden {
  readonly column: string;
  readonly reason: string;
  readonly detail: string;
  readonly said: Sentence;
}

/**
 * Decides, for lines of a file, what the guard decides for requests: each operation that a line stands for must be its
 * sender's to ask. One answer a line, in their order; undefined where it may.
 */
export async function refusalsOfLines(
  rights: Rights,
  caller: Caller,
  lines: readonly LineAsks[],
): Promise<(LineForbidden | undefined)[]> {
  // Lines about the same thing are decided once.
  const decided = new Map<string, Promise<Problem | undefined>>();
  const decide = ({ operation: id, ...said }: AskedOperation): Promise<Problem | undefined> => {
    const operation = rights.operation(id);
    const asked = rights.asked(operation, said);
    const key = JSON.stringify([id, asked]);
    const decision = decided.get(key) ?? rights.refusal(caller, operation, asked);
    decided.set(key, decision);
    return decision;
  };
  return Promise.all(
    lines.map(async (asks) => {
      const problems = await Promise.all(asks.map(decide));
      const at = problems.findIndex((problem) => problem !== undefined);
      const [problem, ask] = [problems[at], asks[at]];
      return problem && ask && toFault(problem, ask, caller);
    }),
  );
}

/** In the words of those who send files. */
function toFault({ code }: Problem, { column }: AskedOperation, caller: Caller): LineForbidden {
  const reason = code.replaceAll('-', '_');
  const message: Message = own(RIGHTS_MESSAGES, reason) ?? RIGHTS_MESSAGES.not_allowed;
  const sentence = said(message, { who: inRoles(caller).join(' ; ') || caller.subject, reason });
  return { column, reason, detail: sentence.fr, said: sentence };
}
