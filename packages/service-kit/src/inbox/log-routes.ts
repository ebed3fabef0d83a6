import type mongoose from 'mongoose';
import { auditWrite } from '../audit/audit-trail.js';
import type { KitRoutes } from '../http/operations.js';
import { problemOf } from '../http/problem.js';
import type { EventBus } from '../kafka/kafka.js';
import { resume } from './log-watch.js';

/** What every service lets operations do with partitions that are not read on; each decision is in the audit trail. */
export function stoppedPartitionRoutes(
  connection: mongoose.Connection,
  bus: EventBus,
  stopped: () => Promise<ReadonlyMap<string, string>>,
) {
  return {
    'GET /stopped-partitions': async (_asked, response) => {
      response.json({ stopped: [...(await stopped())].map(([partition, reason]) => ({ partition, reason })) });
    },
    'POST /stopped-partitions/resume': async ({ body: { partition, from } }, response) => {
      if (!(await stopped()).has(partition) || !(await resume(connection, bus, partition, from)))
        throw problemOf({
          code: 'partition_not_stopped',
          kind: 'unknown',
          detail: `reading of ${partition} is not stopped here; GET /stopped-partitions names those that are`,
        });
      await auditWrite(connection, partition, `read on from ${from}`);
      response.json({ partition, from });
    },
  } satisfies Partial<KitRoutes>;
}
