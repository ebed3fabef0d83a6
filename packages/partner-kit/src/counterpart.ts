import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { v7 as uuidv7 } from 'uuid';
import { faultOf, type Written } from './check.js';

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
  errors: [{ pointer: '/', detail: 'nothing is wrong with it' }],
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
  receive(body: unknown): Reply {
    if (this.#isOut()) {
      for (const id of idsIn(body)) if (!this.#answers.has(id)) this.seen.lost.add(id);
      return {
        status: 503,
        body: { type: 'urn:gpect:problem:try-again', title: 'Away, to see what follows', status: 503 },
      };
    }
    const events = Array.isArray(body) ? body : [body];
    const faults = events.flatMap((event, i) => {
      const fault = faultOf(event, this.partner, Date.now());
      return fault ? [{ fault, at: Array.isArray(body) ? `/${i}` : '' }] : [];
    });
    const [first] = faults;
    if (first) {
      for (const { fault } of faults) count(this.seen.invalid, fault.type.split(':').at(-1) ?? '');
      const errors = faults.flatMap(({ fault, at }) =>
        (fault.errors ?? []).map((e) => ({ ...e, ...(e.pointer ? { pointer: `${at}${e.pointer}` } : {}) })),
      );
      return { status: first.fault.status, body: { ...first.fault, errors } };
    }
    for (const event of events as Written[]) this.#take(event);
    return { status: 202, body: { kept: idsIn(body) } };
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

  #take(event: Written): void {
    const [id, type, subject] = [String(event['id']), String(event['type']), String(event['subject'])];
    const body = JSON.stringify([type, subject, event['data']]);
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

function idsIn(body: unknown): string[] {
  const events = (Array.isArray(body) ? body : [body]) as (Written | null)[];
  return events.flatMap((e) => (typeof e?.['id'] === 'string' ? [e['id']] : []));
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
