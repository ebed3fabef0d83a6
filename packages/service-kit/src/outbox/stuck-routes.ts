import type { Request } from 'express';
import type mongoose from 'mongoose';
import { auditWrite } from '../audit/audit-trail.js';
import type { KitRoutes } from '../http/operations.js';
import { grantOf } from '../rights/grant.js';
import { programmeOf } from '../rights/programmes.js';
import type { Stuck, StuckMessage } from './stuck.js';

/** What every service lets operations do with the messages that it cannot publish; each write is in the audit trail. */
export function stuckRoutes(connection: mongoose.Connection, stuck: Stuck, onChange: () => void) {
  return {
    'GET /stuck-messages': async ({ query, request }, response) => {
      response.json({ stuck: await stuck.list(query, theirs(request)) });
    },
    'POST /stuck-messages/retry': async ({ body: filter = {}, request }, response) => {
      const tried = await stuck.tryAgain(filter, theirs(request));
      onChange();
      await auditWrite(connection, 'stuck-messages', `tried ${tried} of ${JSON.stringify(filter)}`);
      response.json({ tried });
    },
    'POST /stuck-messages/discard': async ({ body: { because, ...filter }, request }, response) => {
      const gone = await stuck.discard(filter, request.caller?.subject ?? 'unknown', because, theirs(request));
      onChange();
      for (const { subject, type, id } of gone)
        await auditWrite(connection, subject, `not published: ${type} ${id}: ${because}`);
      response.json({ discarded: gone.length, stillStuck: await stuck.count() });
    },
  } satisfies Partial<KitRoutes>;
}

/** Messages of the caller's programmes; what names none is for who has all of them. */
function theirs(request: Request): (message: StuckMessage) => boolean {
  const grant = grantOf(request);
  return ({ key }) => grant.covers(programmeOf(key));
}
