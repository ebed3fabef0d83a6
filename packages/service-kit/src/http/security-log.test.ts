import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import type { Logger } from '../observability/logger.js';
import { makeInternal } from './in-process.js';
import { Problem } from './problem.js';
import { logForbiddenLines, logRefusal } from './security-log.js';

function watched() {
  const seen: object[] = [];
  return { seen, logger: { warn: (event: object) => seen.push(event) } as unknown as Logger };
}
const request = () =>
  ({
    method: 'POST',
    path: '/imports',
    ip: '192.0.2.7',
    caller: { subject: 'anne', roles: ['consultant'], codes: {}, programmes: ['*'] },
    openapi: { schema: { operationId: 'importSessions' } },
  }) as unknown as Request;
const by = { from: '192.0.2.7', who: 'anne', operation: 'importSessions' };

test('lines that are not their sender’s to send are told as a refused request is: once for each reason', () => {
  const { seen, logger } = watched();
  const line = (reason: string) => ({ column: 'siret', reason, detail: `${reason}, en français` });
  logForbiddenLines(logger, request(), [line('not_yours'), line('not_yours'), line('programme_not_yours')]);
  expect(seen).toMatchObject([
    { security: 'not-allowed', problem: 'not_yours', lines: 2, ...by },
    { security: 'not-allowed', problem: 'programme_not_yours', lines: 1, ...by },
  ]);
});

test('a refused request is told; one of the process is told by the endpoint that it came by', () => {
  const { seen, logger } = watched();
  const [outside, inside] = [request(), request()];
  makeInternal(inside, {} as never);
  for (const one of [outside, inside]) logRefusal(logger, one, new Problem(403, 'not-yours', 'This belongs to others'));
  logRefusal(logger, outside, new Problem(404, 'x', 'Not found'));
  expect(seen).toMatchObject([{ security: 'not-allowed', problem: 'not-yours', ...by }]);
});
