import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@gpect/test-kit/until';
import kafkajs from 'kafkajs';
import { v7 as uuidv7 } from 'uuid';
import { type Field, launchArras, openField } from '../harness.js';

/** Partners as `infra/kafka/partners/` declares them, for a test's own programme. */
export const DECLARATIONS: Readonly<Record<string, string>> = {
  'cci-artois': `
partner: cci-artois
name: CCI Artois
kind: CARRIER
acts: { carrier: [cci-artois], partner: [cci-artois] }
doors: [KAFKA, HTTP]
sends: [firm-detection-sent.v1, firm-contact-sent.v1, firm-decision-sent.v1, workshop-attendance-sent.v1]
programmes: ["partenaires*"]
`,
  'cci-autre': `
partner: cci-autre
name: Une autre chambre
kind: CARRIER
acts: { carrier: [cci-autre], partner: [cci-autre] }
doors: [KAFKA, HTTP]
sends: [firm-detection-sent.v1, firm-contact-sent.v1, firm-decision-sent.v1]
programmes: ["partenaires*"]
`,
  // The same carrier's next system: it reads the new version of a contract.
  'cci-artois-bis': `
partner: cci-artois-bis
name: CCI Artois, nouveau système
kind: CARRIER
acts: { carrier: [cci-artois] }
doors: [HTTP]
sends: [firm-contact-sent.v2]
receives: [fr.gpect.enrolment.firm-contacted.v2, fr.gpect.partner-gateway.contract-deprecated.v1]
programmes: ["partenaires*"]
`,
  'opca-a': `
partner: opca-a
name: OPCA A
kind: OPCA
acts: { funder: [opca-a] }
doors: [KAFKA, HTTP]
sends: [spend-line-sent.v1, spend-file-sent.v1]
programmes: ["partenaires*"]
`,
  // May say little, and tries to say much.
  bavard: `
partner: bavard
name: Un système bavard
kind: OPCA
acts: { funder: [opca-b] }
doors: [KAFKA]
sends: [spend-line-sent.v1]
programmes: ["partenaires*"]
quotas: { producerBytesPerSecond: 20000 }
`,
  cabinet: `
partner: cabinet
name: Cabinet Martin
kind: CONSULTANTS
acts: { consultant: [C1] }
doors: [KAFKA]
sends: [consulting-session-sent.v1]
programmes: ["partenaires*"]
`,
  aract: `
partner: aract
name: ARACT
kind: EVALUATOR
acts: { evaluator: true }
doors: [HTTP]
sends: [survey-answer-sent.v1]
programmes: ["partenaires*"]
`,
};

export interface PartnersField extends Field {
  readonly declarations: string;
  secretOf(partner: string): { readonly username: string; readonly secret: string };
  tokenOfPartner(partner: string): Promise<string>;
}

/** A stack with partners, and a programme with an action that CCI Artois carries. */
export async function openFieldOfPartners(programme: string): Promise<PartnersField> {
  const declarations = mkdtempSync(join(tmpdir(), 'gpect-partners-'));
  for (const [code, text] of Object.entries(DECLARATIONS)) writeFileSync(join(declarations, `${code}.yaml`), text);
  const field = await openField();
  try {
    await field.stack.declarePartners(declarations);
    await launchArras(field, programme);
  } catch (error) {
    // Nobody else could stop it.
    await field.stop();
    throw error;
  }
  const secretOf = (partner: string) =>
    JSON.parse(readFileSync(join(field.stack.secretsFolder, `${partner}.json`), 'utf8')) as {
      username: string;
      secret: string;
    };
  return {
    ...field,
    declarations,
    secretOf,
    tokenOfPartner: (partner) => tokenByCredentials(field, partner, secretOf(partner).secret),
    stop: async () => {
      rmSync(declarations, { recursive: true, force: true });
      await field.stop();
    },
  };
}

/** As OAuth 2.0 client credentials give it. */
async function tokenByCredentials({ stack }: Field, partner: string, secret: string): Promise<string> {
  const response = await fetch(`${stack.urls.issuer}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${partner}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Error(`no token for ${partner}: ${response.status}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** A Kafka client with the access of a partner. */
export function kafkaAs(
  field: PartnersField,
  partner: string,
  { secret = field.secretOf(partner).secret, retries = 0 }: { secret?: string; retries?: number } = {},
): kafkajs.Kafka {
  return new kafkajs.Kafka({
    clientId: partner,
    brokers: [field.stack.partnersBroker],
    ssl: { ca: [readFileSync(field.stack.authority, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username: field.secretOf(partner).username, password: secret },
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries },
    connectionTimeout: 3000,
  });
}

export interface SentEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: unknown;
}

/** An event as a partner's system makes it. */
export function eventOf(
  partner: string,
  name: string,
  subject: string,
  data: unknown,
  more: Partial<SentEvent> = {},
): SentEvent {
  return {
    id: uuidv7(),
    source: `/partners/${partner}`,
    type: `fr.gpect.partner.${name}.v1`,
    subject,
    time: new Date().toISOString(),
    data,
    ...more,
  };
}

/** Sends by the HTTP endpoint, in one of the three modes of CloudEvents. */
export async function sendOverHttp(
  field: PartnersField,
  partner: string,
  events: SentEvent | readonly SentEvent[],
  { token, path = partner }: { token?: string; path?: string } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const structured = (event: SentEvent) => ({ specversion: '1.0', datacontenttype: 'application/json', ...event });
  const batch = Array.isArray(events);
  const response = await fetch(`${field.stack.urls['partner-gateway']}/partners/${path}/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token ?? (await field.tokenOfPartner(partner))}`,
      'content-type': `application/cloudevents${batch ? '-batch' : ''}+json`,
    },
    body: JSON.stringify(batch ? events.map(structured) : structured(events as SentEvent)),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

export interface Got {
  readonly position: number;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly source: string;
    readonly subject: string;
    readonly causationid?: string;
    readonly data: Record<string, unknown>;
  };
}

/** What is on a partner's topic, from a position on. */
export async function poll(
  field: PartnersField,
  partner: string,
  from = 0,
  wait = 0,
): Promise<{ events: Got[]; next: number }> {
  const response = await fetch(
    `${field.stack.urls['partner-gateway']}/partners/${partner}/events?from=${from}&wait=${wait}&limit=500`,
    { headers: { authorization: `Bearer ${await field.tokenOfPartner(partner)}` } },
  );
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as { events: Got[]; next: number };
}

/** Every answer to an event that a partner sent, once the first is there. */
export async function answersTo(field: PartnersField, partner: string, id: string): Promise<Got['event'][]> {
  const found = await until(
    async () =>
      (await poll(field, partner)).events.filter(
        ({ event }) => event.causationid === id && event.type.startsWith('fr.gpect.partner.event-'),
      ),
    (events) => events.length > 0,
  );
  return found.map(({ event }) => event);
}
