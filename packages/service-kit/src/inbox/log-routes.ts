import { Router } from 'express';
import type mongoose from 'mongoose';
import { auditWrite } from '../audit/audit-trail.js';
import { problemOf } from '../http/problem.js';
import type { EventBus } from '../kafka/kafka.js';
import { type From, resume } from './log-watch.js';

/** What every service lets operations do with partitions that are not read on; each decision is in the audit trail. */
export function stoppedPartitionRoutes(
  connection: mongoose.Connection,
  bus: EventBus,
  stopped: () => Promise<ReadonlyMap<string, string>>,
): Router {
  return Router()
    .get('/stopped-partitions', async (_request, response) => {
      response.json({ stopped: [...(await stopped())].map(([partition, reason]) => ({ partition, reason })) });
    })
    .post('/stopped-partitions/resume', async (request, response) => {
      const { partition, from } = request.body as { partition: string; from: From };
      if (!(await stopped()).has(partition) || !(await resume(connection, bus, partition, from)))
        throw problemOf({
          code: 'partition_not_stopped',
          kind: 'unknown',
          detail: `reading of ${partition} is not stopped here; GET /stopped-partitions names those that are`,
        });
      await auditWrite(connection, partition, `read on from ${from}`);
      response.json({ partition, from });
    });
}
