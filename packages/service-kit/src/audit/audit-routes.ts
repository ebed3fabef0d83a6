import type mongoose from 'mongoose';
import type { KitRoutes } from '../http/operations.js';
import { grantOf } from '../rights/grant.js';
import { subjectsOf } from '../rights/programmes.js';
import { type AuditEntry, trailOf } from './audit-trail.js';

const PAGE = 200;

/** The audit trail of the caller's programmes, newest first, a page at a time; what belongs to none, for who has all of them. */
export function auditRoutes(connection: mongoose.Connection) {
  return {
    'GET /audit': async ({ query: { who, subject, before }, request }, response) => {
      const theirs = subjectsOf(grantOf(request).caller.programmes);
      const found = await trailOf(connection)
        .find({
          ...(theirs ? onlyOf(theirs) : {}),
          ...(who ? { who } : {}),
          ...(subject ? { $or: [{ 'changes.subject': subject }, { read: subject }] } : {}),
          ...(before ? { _id: { $lt: before } } : {}),
        })
        .sort({ _id: -1 })
        .limit(PAGE)
        .toArray();
      const last = found.length === PAGE ? found.at(-1) : undefined;
      response.json({ entries: found.map(toBody), ...(last ? { before: last._id } : {}) });
    },
  } satisfies Partial<KitRoutes>;
}

/** Nothing that an entry names, changed or read, is of others. */
function onlyOf(theirs: RegExp) {
  return {
    changes: { $not: { $elemMatch: { subject: { $not: theirs } } } },
    read: { $not: { $elemMatch: { $not: theirs } } },
  };
}

function toBody({ _id, at, ...rest }: AuditEntry) {
  return { id: _id, at: at.toISOString(), ...rest };
}
