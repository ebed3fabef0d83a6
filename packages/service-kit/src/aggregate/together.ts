import { AsyncResource } from 'node:async_hooks';
import { auditOf } from '../audit/audit-trail.js';
import { isAway } from '../faults/away.js';
import type { Command, CommandRunner, Extras, Joined, Outcome } from './command-runner.js';

/** What those who commit together have beside their commands. */
export interface Beside {
  /** What belongs to the transaction that these commands are in. */
  extras(said: readonly unknown[]): Extras;
  /** That transaction is committed. */
  committed(said: readonly unknown[]): void;
}

interface Waiting {
  readonly command: Command;
  done(outcomes: Outcome[]): void;
  failed(error: unknown): void;
}

/**
 * Requests that are answered at the same time commit in one transaction: the first waits until each of the others has come
 * as far, or has ended. Where that transaction fails by one of them, each is carried out by itself, in their order: the
 * others do not pay for it.
 */
export class Together implements Joined {
  #active = 0;
  #waiting: Waiting[] = [];
  #committing = false;

  constructor(
    private readonly runner: Pick<CommandRunner, 'runAll'>,
    private readonly beside: Beside,
  ) {}

  /** Work that the others wait for. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
      this.#look();
    }
  }

  /** Within such work, a wait that the others do not wait for. */
  async apart<T>(wait: () => Promise<T>): Promise<T> {
    this.#active--;
    this.#look();
    try {
      return await wait();
    } finally {
      this.#active++;
    }
  }

  join(command: Command): Promise<Outcome[]> {
    return new Promise((done, failed) => {
      this.#waiting.push({ command: inItsContext(command), done, failed });
      this.#look();
    });
  }

  #look(): void {
    if (this.#committing || this.#waiting.length === 0 || this.#waiting.length < this.#active) return;
    this.#committing = true;
    const now = this.#waiting;
    this.#waiting = [];
    void this.#commit(now).finally(() => {
      this.#committing = false;
      this.#look();
    });
  }

  async #commit(members: readonly Waiting[]): Promise<void> {
    let told: readonly unknown[] = [];
    try {
      const all = await this.runner.runAll(
        members.map((m) => m.command),
        (said) => {
          told = said;
          return this.beside.extras(said);
        },
      );
      this.beside.committed(told);
      for (const [i, member] of members.entries()) member.done(all[i] ?? []);
    } catch (error) {
      if (members.length > 1 && !isAway(error)) for (const member of members) await this.#commit([member]);
      else for (const member of members) member.failed(error);
    }
  }
}

/** Who asks is known by the context of the request, which is not that of the transaction. */
function inItsContext({ extras, ...command }: Command): Command {
  const context = new AsyncResource('command');
  return {
    ...command,
    audit: (changes) => context.runInAsyncScope(auditOf, undefined, changes),
    extras: (outcomes) => {
      const { write, ...more }: Extras = (extras && context.runInAsyncScope(extras, undefined, outcomes)) ?? {};
      return write ? { ...more, write: (session) => context.runInAsyncScope(write, undefined, session) } : more;
    },
  };
}
