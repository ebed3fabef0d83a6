import { Router } from 'express';
import type mongoose from 'mongoose';
import { auditWrite } from '../audit/audit-trail.js';
import { placeOf } from '../events/cloudevents.js';
import { problemOf } from '../http/problem.js';
import { type Grant, grantOf } from '../rights/grant.js';
import { programmeOf } from '../rights/programmes.js';
import type { DeadLetters } from './dead-letters.js';
import { type DeadLetterFilter, partnerOf, subjectOf } from './filter.js';
import type { ParkedEvent } from './parked-events.js';

/** What every service lets operations do with the events that it could not take; each write is in the audit trail. */
export function deadLetterRoutes(connection: mongoose.Connection, deadLetters: DeadLetters): Router {
  const router = Router();
  router.get('/dead-letters', async (request, response) => {
    response.json({ parked: (await deadLetters.list(request.query as DeadLetterFilter, theirs(request))).map(shown) });
  });
  router.get('/dead-letters/:topic/:partition/:offset', async (request, response) => {
    const { topic, partition, offset } = request.params;
    const place = `${topic}/${partition}/${offset}`;
    const [found] = await deadLetters.list({ place }, theirs(request));
    if (!found)
      throw problemOf({ code: 'dead_letter_unknown', kind: 'unknown', detail: `nothing is parked from ${place}` });
    response.json({
      ...shown(found),
      headers: found.message.headers,
      key: found.message.key,
      value: found.message.value,
    });
  });
  router.post('/dead-letters/replay', async (request, response) => {
    const filter = (request.body ?? {}) as DeadLetterFilter;
    const result = await deadLetters.replay(filter, theirs(request));
    await auditWrite(connection, 'dead-letters', `replayed ${result.replayed} of ${JSON.stringify(filter)}`);
    response.json(result);
  });
  router.post('/dead-letters/discard', async (request, response) => {
    const { because, ...filter } = request.body as DeadLetterFilter & { because: string };
    const discarded = await deadLetters.discard(filter, request.caller?.subject ?? 'unknown', because, theirs(request));
    for (const event of discarded) await auditWrite(connection, placeOf(event.message), `discarded: ${because}`);
    response.json({ discarded: discarded.length, stillParked: await deadLetters.parked.count() });
  });
  return router;
}

/** Events of the caller's programmes; what names none is for who has all of them. */
function theirs(request: { readonly grant?: Grant }): (event: ParkedEvent) => boolean {
  const grant = grantOf(request);
  return (event) => grant.covers(programmeOf(subjectOf(event)));
}

function shown(parked: ParkedEvent): object {
  const { message, reason, parkedAt } = parked;
  const partner = partnerOf(parked);
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
