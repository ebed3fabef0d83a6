import { randomUUID } from 'node:crypto';
import { examplesOf, PARTNER_EVENT_TYPES, partnerContractOf } from '@gpect/contracts/event-contracts';
import { newestOf } from '@gpect/contracts/versions/versions';
import { type Field, tokenOf } from '../harness.js';

/** Who sends: with part in the things, with part in others, and with part in them but not in the programme. */
export const SENDERS = {
  soi: 'acts: {carrier: [cci-artois], partner: [mde], consultant: [C1], funder: [opca-a], evaluator: true}',
  autre: 'acts: {carrier: [cci-autre], partner: [autre], consultant: [C9], funder: [opca-z]}',
  ailleurs: 'acts: {carrier: [cci-artois], partner: [mde], consultant: [C1], funder: [opca-a], evaluator: true}',
} as const;
export type Sender = keyof typeof SENDERS;

/** What partners may send, each in its newest version. */
export const SENT = PARTNER_EVENT_TYPES.filter((type) => newestOf(type) === type);
const short = (type: string) => type.replace('fr.gpect.partner.', '');

export function declarationOf(sender: Sender, programme: string): string {
  // Nobody may declare what none of its roles sends.
  const sends = SENT.filter(
    (type) => sender !== 'autre' || partnerContractOf(type)?.acts.some((r) => r !== 'evaluator'),
  );
  const programmes = sender === 'ailleurs' ? 'autre-*' : programme;
  return [
    `{partner: ${sender}, name: ${sender}, kind: OPCA, ${SENDERS[sender]}, doors: [HTTP],`,
    `sends: [${sends.map(short).join(', ')}], programmes: ["${programmes}"]}`,
  ].join(' ');
}

export interface Answered {
  /** Of the endpoint, or of the service behind it. */
  readonly status: number;
  readonly problem: string;
}

/** Sends one event through the partners' endpoint and waits for its answer. */
export async function sendEvent(
  field: Field,
  sender: Sender,
  type: (typeof SENT)[number],
  about: (example: unknown) => unknown,
): Promise<Answered> {
  const data = about(examplesOf(type)[0]) as Record<string, unknown>;
  const id = randomUUID();
  const subject = partnerContractOf(type)?.subjectOf(data) ?? `${data['programme']}/${id}`;
  const event = {
    ...{ specversion: '1.0', id, source: `/partners/${sender}`, type, subject },
    ...{ time: new Date().toISOString(), datacontenttype: 'application/json', data },
  };
  const authorization = `Bearer ${await tokenOf(field, { roles: ['partner'], partner: sender })}`;
  const at = `${field.stack.urls['partner-gateway']}/partners/${sender}/events`;
  const kept = await fetch(at, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  if (!kept.ok) return { status: kept.status, problem: await kept.text() };
  for (let from = 0; ; ) {
    const response = await fetch(`${at}?from=${from}&wait=20`, { headers: { authorization } });
    const { events, next } = (await response.json()) as Page;
    const answer = events.find((e) => e.event.data.event?.id === id)?.event;
    if (answer?.type.endsWith('event-taken.v1')) return { status: 200, problem: '' };
    if (answer) return { status: answer.data.problem?.status ?? 0, problem: JSON.stringify(answer.data.problem) };
    from = next;
  }
}

interface Page {
  readonly events: readonly {
    readonly event: {
      readonly type: string;
      readonly data: { readonly event?: { readonly id: string }; readonly problem?: { readonly status: number } };
    };
  }[];
  readonly next: number;
}
