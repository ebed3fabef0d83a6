import type { Request, Response } from 'express';
import type mongoose from 'mongoose';
import type { Target } from '../aggregate/aggregate.js';
import type { CommandRunner, Outcome } from '../aggregate/command-runner.js';
import { isDuplicateKey, type Session } from '../mongo/transaction.js';
import { Answers, type CommandResult } from './idempotency.js';
import { internalOf } from './in-process.js';
import type { RoutedRequest } from './operations.js';
import { problemOf } from './problem.js';
import { tracedBy } from './trace-headers.js';

/** What else happens where a command takes effect, in its transaction. */
interface Beside {
  readonly targets?: readonly Target[];
  readonly write?: (session: Session) => Promise<void>;
}

/** The response to a command: no route answers one where its operation answers anything else. */
export type CommandResponse = Response<CommandResult>;

/** Carries out one command of a request: idempotent by its key, refused as problem details. */
export class CommandHandler {
  readonly answers: Answers;

  constructor(
    connection: mongoose.Connection,
    private readonly runner: CommandRunner,
  ) {
    this.answers = new Answers(connection);
  }

  async handle(
    { request }: Pick<RoutedRequest, 'request'>,
    response: CommandResponse,
    target: Target,
    beside: Beside = {},
  ): Promise<void> {
    response.json((await this.answers.find(request)) ?? (await this.#run(request, target, beside)));
  }

  async #run(request: Request, target: Target, { targets = [], write }: Beside): Promise<CommandResult> {
    const cause = tracedBy(request);
    const internal = internalOf(request);
    try {
      const [outcome] = await this.runner.run([target, ...targets], {
        causes: [cause, ...targets.map(() => cause)],
        together: internal?.together,
        extras: ([first]) => {
          if (!first?.ok) return {};
          const said = internal && { said: internal.decided(answerOf(first)) };
          if (!write && !request.get('idempotency-key')) return { ...said };
          return {
            ...said,
            write: async (session) => {
              await write?.(session);
              await this.answers.keep(request, answerOf(first), session);
            },
          };
        },
      });
      return answerOf(outcome);
    } catch (error) {
      const first = isDuplicateKey(error) ? await this.answers.find(request) : undefined;
      if (first) return first;
      throw error;
    }
  }
}

function answerOf(outcome: Outcome | undefined): CommandResult {
  if (!outcome) throw new Error('a command has an outcome');
  if (!outcome.ok) throw problemOf(outcome.refusal);
  const { id, sequence, events, eventIds } = outcome;
  return { subject: id, sequence, events: events.map((e) => e.type), ids: eventIds };
}
