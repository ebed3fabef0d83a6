import type { Request, Response } from 'express';
import type mongoose from 'mongoose';
import type { Target } from '../aggregate/aggregate.js';
import type { CommandRunner, Outcome } from '../aggregate/command-runner.js';
import { isDuplicateKey } from '../mongo/transaction.js';
import { Answers } from './idempotency.js';
import { problemOf } from './problem.js';

/** Carries out one command of a request: idempotent by its key, refused as problem details. */
export class CommandDoor {
  readonly answers: Answers;

  constructor(
    connection: mongoose.Connection,
    private readonly runner: CommandRunner,
  ) {
    this.answers = new Answers(connection);
  }

  async handle(request: Request, response: Response, target: Target): Promise<void> {
    response.json((await this.answers.find(request)) ?? (await this.#run(request, target)));
  }

  async #run(request: Request, target: Target): Promise<object> {
    const [correlationid, traceparent] = [request.get('x-correlation-id'), request.get('traceparent')];
    const cause = { ...(correlationid ? { correlationid } : {}), ...(traceparent ? { traceparent } : {}) };
    try {
      const [outcome] = await this.runner.run([target], {
        causes: [cause],
        extras: ([first]) =>
          request.get('idempotency-key') && first?.ok
            ? { write: (session) => this.answers.keep(request, answerOf(first), session) }
            : {},
      });
      return answerOf(outcome);
    } catch (error) {
      const first = isDuplicateKey(error) ? await this.answers.find(request) : undefined;
      if (first) return first;
      throw error;
    }
  }
}

function answerOf(outcome: Outcome | undefined): object {
  if (!outcome) throw new Error('a command has an outcome');
  if (!outcome.ok) throw problemOf(outcome.refusal);
  return { subject: outcome.id, sequence: outcome.sequence, events: outcome.events.map((e) => e.type) };
}
