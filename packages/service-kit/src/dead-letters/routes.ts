import type mongoose from 'mongoose';
import { auditWrite } from '../audit/audit-trail.js';
import { placeOf } from '../events/cloudevents.js';
import type { KitRoutes } from '../http/operations.js';
import { problemOf } from '../http/problem.js';
import { type Grant, grantOf } from '../rights/grant.js';
import { programmeOf } from '../rights/programmes.js';
import type { DeadLetters } from './dead-letters.js';
import { subjectOf } from './filter.js';
import type { ParkedEvent } from './parked-events.js';

/** What every service lets operations do with the events that it could not take; each write is in the audit trail. */
export function deadLetterRoutes(connection: mongoose.Connection, deadLetters: DeadLetters) {
  return {
    'GET /dead-letters': async ({ query, request }, response) => {
      response.json({
        parked: (await deadLetters.list(query, theirs(request))).map((one) => shown(one, deadLetters.senderOf(one))),
      });
    },
    'GET /dead-letters/{topic}/{partition}/{offset}': async ({ params, request }, response) => {
      const { topic, partition, offset } = params;
      const place = `${topic}/${partition}/${offset}`;
      const [found] = await deadLetters.list({ place }, theirs(request));
      if (!found)
        throw problemOf({ code: 'dead_letter_unknown', kind: 'unknown', detail: `nothing is parked from ${place}` });
      const { headers, key, value } = found.message;
      response.json({ ...shown(found, deadLetters.senderOf(found)), headers, key, value });
    },
    'POST /dead-letters/replay': async ({ body: filter = {}, request }, response) => {
      const result = await deadLetters.replay(filter, theirs(request));
      await auditWrite(connection, 'dead-letters', `replayed ${result.replayed} of ${JSON.stringify(filter)}`);
      response.json(result);
    },
    'POST /dead-letters/discard': async ({ body: { because, ...filter }, request }, response) => {
      const sender = request.caller?.subject ?? 'unknown';
      const discarded = await deadLetters.discard(filter, sender, because, theirs(request));
      for (const event of discarded) await auditWrite(connection, placeOf(event.message), `discarded: ${because}`);
      response.json({ discarded: discarded.length, stillParked: await deadLetters.parked.count() });
    },
  } satisfies Partial<KitRoutes>;
}

/** Events of the caller's programmes; what names none is for who has all of them. */
function theirs(request: { readonly grant?: Grant }): (event: ParkedEvent) => boolean {
  const grant = grantOf(request);
  return (event) => grant.covers(programmeOf(subjectOf(event)));
}

function shown({ message, reason, parkedAt }: ParkedEvent, partner: string | undefined) {
  return {
    topic: message.topic,
    partition: message.partition,
    offset: String(message.offset),
    type: message.headers['ce_type'] ?? '',
    subject: message.headers['ce_subject'] ?? message.key,
    ...(partner ? { partner } : {}),
    reason,
    parkedAt: parkedAt.toISOString(),
  };
}
