import { Agent, request as open } from 'node:http';
import { examplesOf, PARTNER_EVENT_TYPES, partnerContractOf } from '@gpect/contracts/event-contracts';
import { Chances } from '@gpect/test-kit/chances';
import { ForeignEvents, type ForeignRequest, type RightEvent } from '@gpect/test-kit/foreign-events';
import { stumbles, type ToRead } from '@gpect/test-kit/strict-reader';
import { type PartnersField, poll } from './field-of-partners.js';

const AT_ONCE = 8;
/** How long nothing may be answered while something waits. */
const PATIENCE_MS = 60_000;

export interface Campaign {
  readonly requests: number;
  readonly seed: number;
  readonly programme: string;
  readonly partners: readonly string[];
}

/** Sends requests of any kind through the gateway, some of them right; what nobody should have met, a sentence each. */
export async function sendAnyEnvelopes(
  field: PartnersField,
  campaign: Campaign,
): Promise<{ wrong: string[]; taken: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const wrong: string[] = [];
  const toRead: ToRead[] = [];
  const kept = new Map<string, Set<string>>(campaign.partners.map((partner) => [partner, new Set()]));
  const senders = await Promise.all(
    campaign.partners.map(async (partner, i) => ({
      partner,
      token: await field.tokenOfPartner(partner),
      foreign: new ForeignEvents(new Chances(campaign.seed + i), rightOf(partner, campaign.programme)),
      url: `${field.stack.urls['partner-gateway']}/partners/${partner}/events`,
    })),
  );
  let sent = 0;
  const one = async (): Promise<void> => {
    while (sent < campaign.requests) {
      const sender = senders[sent++ % senders.length];
      if (!sender) return;
      const request = sender.foreign.request();
      const shown = () =>
        `${request.contentType} ${JSON.stringify(request.headers)} ${request.body.toString('latin1').slice(0, 1000)}`;
      const { status, body } = await post(agent, sender.url, sender.token, request).catch((error: unknown) => ({
        status: 0,
        body: String(error),
      }));
      toRead.push({ read: body });
      if (status === 202)
        for (const id of (JSON.parse(body) as { kept: string[] }).kept) kept.get(sender.partner)?.add(id);
      else if (status < 400 || status >= 500) wrong.push(`${status} ${body.slice(0, 300)} to ${shown()}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  agent.destroy();
  for (const [partner, ids] of kept) {
    // Each that was taken has its answer, however long those before it take, and each page is read by a stranger.
    const waiting = new Set(ids);
    let next = 0;
    for (let last = Date.now(); waiting.size > 0 && Date.now() - last < PATIENCE_MS; ) {
      const got = await poll(field, partner, next, 5);
      next = got.next;
      toRead.push(...got.events.map(({ event }) => ({ read: JSON.stringify(event) })));
      for (const { event } of got.events)
        if (event.type.startsWith('fr.gpect.partner.event-') && waiting.delete(event.causationid ?? ''))
          last = Date.now();
    }
    if (waiting.size > 0)
      wrong.push(`${partner} has no answer to ${waiting.size} of ${ids.size}: ${[...waiting].slice(0, 5).join(', ')}`);
  }
  wrong.push(...stumbles(toRead));
  return { wrong, taken: [...kept.values()].reduce((sum, ids) => sum + ids.size, 0) };
}

/** The examples of what partners send, in a programme of our own. */
function rightOf(partner: string, programme: string): RightEvent[] {
  return PARTNER_EVENT_TYPES.flatMap((type) =>
    examplesOf(type).map((example) => {
      const data = { ...(example as object), programme };
      return {
        source: `/partners/${partner}`,
        type,
        subject: partnerContractOf(type)?.subjectOf(data) ?? 'essai',
        data,
      };
    }),
  );
}

function post(
  agent: Agent,
  url: string,
  token: string,
  { contentType, headers, body }: ForeignRequest,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = open(url, { method: 'POST', agent, timeout: 60_000 }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      );
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer within a minute')));
    request.on('error', reject);
    for (const name of new Set(headers.map(([own]) => own)))
      request.setHeader(
        name,
        headers.filter(([own]) => own === name).map(([, value]) => value),
      );
    if (contentType !== undefined) request.setHeader('content-type', contentType);
    request.setHeader('authorization', `Bearer ${token}`);
    request.end(body);
  });
}
