import type { EventDataByType } from '@gpect/contracts/generated/events';
import type mongoose from 'mongoose';
import { collectionOf } from '../mongo/connection.js';
import type { Session } from '../mongo/transaction.js';

/** What a partner is answered, once for each event that it sent. */
export type Answer =
  | {
      readonly type: 'fr.gpect.partner.event-taken.v1';
      readonly data: EventDataByType['fr.gpect.partner.event-taken.v1'];
    }
  | {
      readonly type: 'fr.gpect.partner.event-refused.v1';
      readonly data: EventDataByType['fr.gpect.partner.event-refused.v1'];
    };

/** An answer as it is kept: the same event again gets it to the letter. */
export interface KeptAnswer {
  /** Partner and id of the event. */
  readonly _id: string;
  /** Of the event that was answered: another event under its id is no repeat. */
  readonly fingerprint: string;
  /** Id and time of the answer itself. */
  readonly id: string;
  readonly time: string;
  readonly answer: Answer;
  readonly at: Date;
}

export const PARTNER_ANSWERS = 'partner_answers';
/** Longer than any topic of a partner keeps what it sent. */
const KEPT_SECONDS = 400 * 24 * 3600;

export class PartnerAnswers {
  constructor(private readonly connection: mongoose.Connection) {}

  async ensureIndexes(): Promise<void> {
    await this.#collection().createIndex({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
  }

  async among(ids: readonly string[]): Promise<Map<string, KeptAnswer>> {
    const found = await this.#collection()
      .find({ _id: { $in: [...new Set(ids)] } })
      .toArray();
    return new Map(found.map((d) => [d._id, d]));
  }

  async keep(answers: readonly KeptAnswer[], session: Session): Promise<void> {
    if (answers.length > 0) await this.#collection().insertMany([...answers], { session });
  }

  #collection() {
    return collectionOf<KeptAnswer>(this.connection, PARTNER_ANSWERS);
  }
}
