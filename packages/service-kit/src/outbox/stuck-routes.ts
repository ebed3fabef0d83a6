import { type Request, Router } from 'express';
import type mongoose from 'mongoose';
import { auditWrite } from '../audit/audit-trail.js';
import { grantOf } from '../rights/grant.js';
import { programmeOf } from '../rights/programmes.js';
import type { Stuck, StuckFilter, StuckMessage } from './stuck.js';

/** What every service lets operations do with the messages that it cannot publish; each write is in the audit trail. */
export function stuckRoutes(connection: mongoose.Connection, stuck: Stuck, onChange: () => void): Router {
  return Router()
    .get('/stuck-messages', async (request, response) => {
      response.json({ stuck: await stuck.list(request.query as StuckFilter, theirs(request)) });
    })
    .post('/stuck-messages/retry', async (request, response) => {
      const filter = (request.body ?? {}) as StuckFilter;
      const tried = await stuck.tryAgain(filter, theirs(request));
      onChange();
      await auditWrite(connection, 'stuck-messages', `tried ${tried} of ${JSON.stringify(filter)}`);
      response.json({ tried });
    })
    .post('/stuck-messages/discard', async (request, response) => {
      const { because, ...filter } = request.body as StuckFilter & { because: string };
      const gone = await stuck.discard(filter, request.caller?.subject ?? 'unknown', because, theirs(request));
      onChange();
      for (const { subject, type, id } of gone)
        await auditWrite(connection, subject, `not published: ${type} ${id}: ${because}`);
      response.json({ discarded: gone.length, stillStuck: await stuck.count() });
    });
}

/** Messages of the caller's programmes; what names none is for who has all of them. */
function theirs(request: Request): (message: StuckMessage) => boolean {
  const grant = grantOf(request);
  return ({ key }) => grant.covers(programmeOf(key));
}
