import { readPartnerEvent } from '@gpect/partner-events/partner-event';
import { problemOfSent, type Received } from '@gpect/partner-events/sent-request';
import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { v7 as uuidv7 } from 'uuid';
import { anyPartner } from './known.js';

/** How rough the counterpart is: one in so many; 0 never. */
export interface Roughness {
  readonly refuse: number;
  readonly duplicate: number;
  readonly outage: number;
  readonly reorder: boolean;
}

interface Kept {
  readonly position: number;
  readonly event: object;
}

export interface Reply {
  readonly status: number;
  readonly body: object;
}

const SIMULATED: ProblemBody = {
  type: 'urn:gpect:problem:simulated',
  title: 'Refused by the kit, to see what follows',
  status: 422,
  detail: 'mend the event and send it under a new id',
  errors: [{ pointer: '', detail: 'nothing is wrong with it' }],
};

/** The programme's side, in memory: takes events, answers each once, gives answers from any position; and watches. */
export class Counterpart {
  readonly #answers = new Map<string, { readonly body: string; readonly answer: object }>();
  readonly #topic: Kept[] = [];
  readonly seen = {
    requests: 0,
    outages: 0,
    valid: new Map<string, number>(),
    invalid: new Map<string, number>(),
    repeated: 0,
    reusedIds: 0,
    refused: new Map<string, string>(),
    mended: 0,
    lost: new Set<string>(),
    read: 0,
  };

  constructor(
    private readonly partner: string,
    private readonly rough: Roughness,
  ) {}

  /** A request to send events. */
  receive(events: readonly Received[]): Reply {
    if (this.#isOut()) {
      for (const { id } of events) if (id && !this.#answers.has(id)) this.seen.lost.add(id);
      return {
        status: 503,
        body: { type: 'urn:gpect:problem:try-again', title: 'Away, to see what follows', status: 503 },
      };
    }
    const partner = anyPartner(this.partner);
    const problem = problemOfSent(events, this.partner, partner, Date.now());
    if (problem) {
      for (const event of events) {
        const read = readPartnerEvent(event, this.partner, partner, Date.now());
        if (!read.ok) count(this.seen.invalid, read.fault.code);
      }
      return { status: problem.status, body: problem.body() };
    }
    for (const event of events) this.#take(event);
    return { status: 202, body: { kept: events.map(({ id }) => id) } };
  }

  /** A request for answers from a position on. */
  give(from: number, limit: number): Reply {
    if (this.#isOut())
      return { status: 503, body: { type: 'urn:gpect:problem:try-again', title: 'Away', status: 503 } };
    const page = this.#topic.filter(({ position }) => position >= from).slice(0, limit);
    const next = (page.at(-1)?.position ?? from - 1) + 1;
    this.seen.read = Math.max(this.seen.read, next);
    return { status: 200, body: { events: this.rough.reorder ? [...page].reverse() : page, next } };
  }

  /** How many answers there are. */
  get end(): number {
    return this.#topic.length;
  }

  #take({ id = '', type = '', subject = '', data: sent }: Received): void {
    const body = JSON.stringify([type, subject, sent]);
    this.seen.lost.delete(id);
    const known = this.#answers.get(id);
    if (known) {
      if (known.body === body) this.seen.repeated++;
      else this.seen.reusedIds++;
      this.#say(known.answer);
      return;
    }
    count(this.seen.valid, type);
    const about = `${type} ${subject}`;
    if (this.seen.refused.delete(about)) this.seen.mended++;
    const refuse = this.rough.refuse > 0 && (this.#answers.size + 1) % this.rough.refuse === 0;
    if (refuse) this.seen.refused.set(about, id);
    const data = refuse
      ? { event: { id, type, subject }, problem: SIMULATED }
      : {
          event: { id, type, subject },
          results: [{ id: uuidv7(), type: 'fr.gpect.simulated.v1', subject, sequence: 1 }],
        };
    const answer = {
      specversion: '1.0',
      id: uuidv7(),
      source: '/services/partner-kit',
      type: `fr.gpect.partner.event-${refuse ? 'refused' : 'taken'}.v1`,
      subject: id,
      causationid: id,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    };
    this.#answers.set(id, { body, answer });
    this.#say(answer);
    if (this.rough.duplicate > 0 && this.#answers.size % this.rough.duplicate === 0) this.#say(answer);
  }

  #say(event: object): void {
    this.#topic.push({ position: this.#topic.length, event });
  }

  #isOut(): boolean {
    this.seen.requests++;
    const out = this.rough.outage > 0 && this.seen.requests % this.rough.outage === 0;
    if (out) this.seen.outages++;
    return out;
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
