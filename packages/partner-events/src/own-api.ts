import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { PartnerEventType } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { Together } from '@gpect/service-kit/aggregate/together';
import { askInProcess } from '@gpect/service-kit/http/in-process';
import type { ProblemBody, ProblemFault } from '@gpect/service-kit/http/problem';
import { correlationFault } from '@gpect/service-kit/http/trace-headers';
import { Transient } from '@gpect/service-kit/mongo/transaction';
import { type Answer, refusal } from './answers.js';
import type { Named } from './identity.js';
import { callerOf, type Partner } from './partner.js';
import type { PartnerEvent } from './partner-event.js';

/** The command of a service's own API that a partner's event asks for. */
export interface AskedCommand {
  readonly path: string;
  readonly body: object;
}

/** What each event that partners send to a service asks of it. Pure. */
export type PartnerCommands = {
  readonly [T in PartnerEventType]?: (event: PartnerEvent<T>, partner: Partner) => AskedCommand;
};

/** Answers that say nothing of the event: a server behind the service is away, or a disk is full. */
const AWAY: ReadonlySet<number> = new Set([503, 507]);
/** Answers of 500 after which an event is parked. */
const FAULTS = 3;

/** The service cannot carry it out, and trying again does not help: it is parked, and answered once we have mended that. */
export class OwnFault extends Error {
  override readonly name = 'OwnFault';
}

/** Nothing was done; the batch is taken again. */
export class TryAgain extends Transient {
  override readonly name = 'TryAgain';
}

/** With whom a command commits, and what is known of its answer. */
export interface Carrying {
  readonly together: Together;
  /** The key of an answer of before, which is looked for again. */
  readonly key: string | undefined;
  /** Its answer, before it is committed; gives what its transaction is told. */
  decided(answer: Answer): unknown;
  /** Whether its answer was committed with it. */
  isWritten(): boolean;
  /** Until when (ms since 1970) what is named may still arrive. */
  readonly arrivesBy: number;
  /** A wait for it. */
  wait(): Promise<void>;
}

/** The service's own API, asked as the partner: its checks, rights and audit are those of everybody. */
export class OwnApi {
  constructor(
    private readonly service: string,
    private readonly commands: PartnerCommands,
    private readonly app: RequestListener,
  ) {}

  /**
   * The command, once more for a while where what it names has not arrived from another service yet. Its answer; nothing
   * where that was committed with the command.
   */
  async carryOut(event: PartnerEvent, partner: Partner, named: Named, carrying: Carrying): Promise<Answer | undefined> {
    const command = this.commands[event.type] as ((event: PartnerEvent, p: Partner) => AskedCommand) | undefined;
    if (!command) throw new Error(`${this.service} owns ${event.type} and does nothing with it`);
    const asked = command(event, partner);
    let faults = 0;
    for (; ; await carrying.wait()) {
      const { status, body } = await this.#ask(asked, event, partner, named, carrying);
      // Done and answered, whatever happened to the request after that.
      if (carrying.isWritten()) return undefined;
      if (AWAY.has(status)) throw new TryAgain(`${asked.path} answered ${status}`);
      if (status >= 500 && ++faults < FAULTS) continue;
      if (status >= 500) throw new OwnFault(`${asked.path} answered ${status}: a fault of ours, see the log`);
      if (status < 300) return taken(named, body);
      if (status !== 404 || Date.now() > carrying.arrivesBy) return refusal(named, withoutExtras(body as ProblemBody));
    }
  }

  #ask(
    { path, body }: AskedCommand,
    event: PartnerEvent,
    partner: Partner,
    named: Named,
    { together, key, decided }: Carrying,
  ): Promise<{ status: number; body: unknown }> {
    return askInProcess(this.app, {
      path,
      body,
      headers: { 'x-correlation-id': correlationOf(event.id), ...(key ? { 'idempotency-key': key } : {}) },
      internal: { caller: callerOf(partner), together, decided: (answer) => decided(taken(named, answer)) },
    });
  }
}

/** By what the event is followed through logs and events: its id, or what stands for one that no header takes. */
function correlationOf(id: string): string {
  const written = encodeURIComponent(id);
  return correlationFault(written) === undefined ? written : createHash('sha256').update(id).digest('hex');
}

/** The key under which a partner's event was asked for before its answer was kept with the command. */
export const keyOfBefore = (id: string): string => `event:${createHash('sha256').update(id).digest('hex')}`;

const taken = (event: Named, body: unknown): Answer => ({
  type: 'fr.gpect.partner.event-taken.v1',
  data: { event, results: resultsOf(body) },
});

function withoutExtras({ type, title, status, detail, state, allowed, errors }: ProblemBody): ProblemBody {
  return {
    type,
    title,
    status,
    ...(detail ? { detail } : {}),
    ...(state ? { state } : {}),
    ...(allowed ? { allowed } : {}),
    ...(errors ? { errors: errors.map(inEvent) } : {}),
  };
}

/** What is wrong with the body of the command is wrong with the event's data: its fields have the same names. */
const inEvent = ({ pointer, detail }: ProblemFault): ProblemFault =>
  pointer === undefined ? { detail } : { pointer: `/data${pointer}`, detail };

type Results = EventDataByType['fr.gpect.partner.event-taken.v1']['results'];

/** The events of a command's answer. */
function resultsOf(body: unknown): Results {
  const {
    subject,
    sequence = 0,
    events = [],
    ids = [],
  } = body as {
    subject: string;
    sequence?: number;
    events?: readonly string[];
    ids?: readonly string[];
  };
  return events.map((type, i) => ({ id: ids[i] ?? '', type, subject, sequence: sequence - events.length + 1 + i }));
}
