import { recordBatch } from '@gpect/test-kit/record-batch';
import { expect, test } from '@jest/globals';
import { readMessage } from '../../events/cloudevents.js';
import { Breath } from '../breath.js';
import type { FetchedMessage } from './fetch-response.js';
import { MOST_OWN_BYTES, toIncoming } from './incoming.js';
import { readRecordSet } from './record-set.js';

const NAMED = [['ce_id', 'e1'] as const, ['ce_subject', 'firm'] as const];

/** A record that came packed by gzip, as whoever reads the topic has it. */
async function came(record: Parameters<typeof recordBatch>[0][number], most?: number) {
  const set = recordBatch([record], { codec: 1, firstOffset: 7 });
  const [batch] = await readRecordSet(set, new Breath());
  if (!batch || !('records' in batch)) throw new Error(batch?.reason);
  const [found] = batch.records;
  return toIncoming('topic', 0, { found: { record: found?.read() } } as unknown as FetchedMessage, most);
}

test.each([
  ['a topic whose reader says how many', 1_048_576, 1_048_576],
  ['any other topic', undefined, MOST_OWN_BYTES],
])('in %s a record is read that has as many bytes as may be, and none that has one more', async (_, said, most) => {
  const bytes = 'ce_ide1ce_subjectfirm'.length;
  expect((await came({ headers: NAMED, value: 'x'.repeat(most - bytes) }, said)).tooLarge).toBeUndefined();
  const refused = await came({ headers: NAMED, value: 'x'.repeat(most - bytes + 1) }, said);
  expect(refused.tooLarge).toEqual({ bytes: most + 1, most });
  expect(readMessage(refused, () => true).kind).toBe('unusable');
});
