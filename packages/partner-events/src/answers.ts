import type { EventDataByType } from '@gpect/contracts/generated/events';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { collectionOf } from '@gpect/service-kit/mongo/connection';
import { keepFor } from '@gpect/service-kit/mongo/expiry';
import { isDuplicateKey, PositionLost, type Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { Named } from './identity.js';

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
  /** Where that event stands: read there once more, after a crash, it is no repeat and gets no second answer. */
  readonly of?: string;
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
    await keepFor(this.connection, this.#collection(), KEPT_SECONDS);
  }

  async among(ids: readonly string[]): Promise<Map<string, KeptAnswer>> {
    const found = await this.#collection()
      .find({ _id: { $in: [...new Set(ids)] } })
      .toArray();
    return new Map(found.map((d) => [d._id, d]));
  }

  async keep(answers: readonly KeptAnswer[], session: Session): Promise<void> {
    if (answers.length === 0) return;
    try {
      await this.#collection().insertMany([...answers], { session });
    } catch (error) {
      if (isDuplicateKey(error)) throw new PositionLost('an event was answered by another reader meanwhile');
      throw error;
    }
  }

  #collection() {
    return collectionOf<KeptAnswer>(this.connection, PARTNER_ANSWERS);
  }
}

export function refusal(event: Named, problem: ProblemBody): Answer {
  // The contract writes arrays that may change; what is kept here does not.
  return {
    type: 'fr.gpect.partner.event-refused.v1',
    data: { event, problem } as EventDataByType['fr.gpect.partner.event-refused.v1'],
  };
}

/** An answer on its way to the partner. */
export function toAnswerMessage({ id, time, answer }: KeptAnswer, code: string, service: string): OutgoingMessage {
  const { event } = answer.data;
  return {
    topic: partnerTopic(code, 'out'),
    key: event.subject ?? event.id,
    headers: {
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: `/services/${service}`,
      ce_type: answer.type,
      ce_subject: event.id,
      ce_time: time,
      ce_sequence: '1',
      ce_causationid: event.id,
      'content-type': 'application/json',
    },
    value: JSON.stringify(answer.data),
  };
}
