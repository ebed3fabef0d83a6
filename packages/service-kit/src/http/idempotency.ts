import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import { keepFor } from '../mongo/expiry.js';
import type { Session } from '../mongo/transaction.js';
import { Problem } from './problem.js';
import { fingerprintOfJson } from './same-json.js';

/** What whoever sends a command is answered, as the contract says. */
export interface CommandResult {
  readonly subject: string;
  readonly sequence: number;
  readonly events: readonly string[];
  readonly ids?: readonly string[];
}

interface AnswerDocument {
  readonly _id: string;
  readonly fingerprint: string;
  readonly body: CommandResult;
  readonly at: Date;
}

const KEPT_SECONDS = 7 * 24 * 3600;

/** Answers of commands that carried an `Idempotency-Key`: written in the command's transaction, given again on repeat. */
export class Answers {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await keepFor(this.connection, this.#collection(), KEPT_SECONDS);
  }

  /** The answer given before to this very request; a key used for another request is refused. */
  async find(request: Request): Promise<CommandResult | undefined> {
    const id = keyOf(request);
    const known = id ? await this.#collection().findOne({ _id: id }) : null;
    if (!known) return undefined;
    if (!fingerprintsOf(request).includes(known.fingerprint)) {
      throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another request', {
        detail: 'make a new key for a new command',
        french: 'faites une nouvelle clé pour une nouvelle demande',
      });
    }
    return known.body;
  }

  /** Which of a caller's keys have an answer. */
  async known(caller: string, keys: readonly string[]): Promise<string[]> {
    const prefix = `${caller}\n`;
    const found = await this.#collection()
      .find({ _id: { $in: keys.map((key) => prefix + key) } }, { projection: { _id: 1 } })
      .toArray();
    return found.map(({ _id }) => _id.slice(prefix.length));
  }

  /** Keeps the answer; a second request with the same key at the same moment fails on the key and finds this one. */
  async keep(request: Request, body: CommandResult, session: Session): Promise<void> {
    const id = keyOf(request);
    if (id)
      await this.#collection().insertOne(
        { _id: id, fingerprint: fingerprintsOf(request)[0], body, at: new Date() },
        { session },
      );
  }

  #collection() {
    return collectionOf<AnswerDocument>(this.connection, 'answers');
  }
}

/** A key belongs to its caller: two callers may choose the same. */
function keyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  return key ? `${request.caller?.subject ?? ''}\n${key}` : undefined;
}

/** What a request is known by, and what it was known by in releases whose answers are still kept: as its body was written. */
export function fingerprintsOf({ method, path, body }: Pick<Request, 'method' | 'path' | 'body'>): [string, string] {
  const named = `${method} ${path}`;
  const asWritten = createHash('sha256')
    .update(`${named}\n${JSON.stringify(body)}`)
    .digest('hex');
  return [fingerprintOfJson(named, body), asWritten];
}
