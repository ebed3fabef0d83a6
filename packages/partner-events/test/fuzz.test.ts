import { faultsWhereMade } from '@gpect/contracts/event-contracts';
import { readMessage } from '@gpect/service-kit/events/cloudevents';
import { Breath } from '@gpect/service-kit/kafka/breath';
import type { FetchedMessage } from '@gpect/service-kit/kafka/records/fetch-response';
import { toIncoming } from '@gpect/service-kit/kafka/records/incoming';
import { readRecordSet } from '@gpect/service-kit/kafka/records/record-set';
import { Chances } from '@gpect/test-kit/chances';
import { recordBatch } from '@gpect/test-kit/record-batch';
import { expect, test } from '@jest/globals';
import { refusal } from '../src/answers.js';
import { namedIn } from '../src/identity.js';
import { readPartnerEvent } from '../src/partner-event.js';
import { binaryEvent, inBinaryMode } from '../src/sent-event.js';
import { MOST_PARTNER_BYTES } from '../src/unreadable.js';
import { anyRecords, PACK } from './any-records.js';

/** Records tried; the long campaign: GPECT_FUZZ_RECORDS=400000, and GPECT_FUZZ_SEED to see one again. */
const RECORDS = Number(process.env['GPECT_FUZZ_RECORDS'] ?? 2000);
const SEED = Number(process.env['GPECT_FUZZ_SEED'] ?? 13);

const chances = new Chances(SEED);
const { below, maybe } = chances;
const anyRecord = anyRecords(chances);

/** What a record ends in, by every endpoint that there is. */
function endsIn(message: FetchedMessage): string[] {
  const incoming = toIncoming('gpect.partner.x.in', 0, message, MOST_PARTNER_BYTES);
  const said = inBinaryMode(incoming);
  const sent = readPartnerEvent(binaryEvent(said), 'x', undefined, 0);
  if (!sent.ok) {
    const { type, data } = refusal(namedIn(said), sent.fault.body());
    // The answer keeps its own contract, whatever it answers.
    if (faultsWhereMade(type, data).length > 0) throw new Error(JSON.stringify([faultsWhereMade(type, data), data]));
  }
  return [readMessage(incoming, () => true).kind, sent.ok ? 'event' : sent.fault.code];
}

test(`whatever ${RECORDS} records hold (seed ${SEED}), each is an event, a refusal or parked, and what is behind it is read`, async () => {
  const ends = new Map<string, number>();
  for (let tried = 0; tried < RECORDS; ) {
    const records = Array.from({ length: 1 + below(20) }, anyRecord);
    const codec = below(PACK.length);
    const pack = PACK[codec];
    const batch = recordBatch(records, { codec, ...(pack ? { pack } : {}) });
    // Half of them damaged, behind the place where a broker would look.
    const damaged = maybe(0.5);
    if (damaged) for (let i = 0; i <= below(5); i++) batch[16 + below(batch.length - 16)] = below(256);
    const set = Buffer.concat([batch, recordBatch([{ value: 'behind' }], { firstOffset: 100 })]);
    const read = await readRecordSet(set, new Breath());
    const behind = read.at(-1);
    expect(behind && 'records' in behind && behind.records.map((r) => String(r.read().value))).toEqual(['behind']);
    for (const one of read.slice(0, -1)) {
      const found = 'reason' in one ? [{ unreadable: one }] : one.records.map((record) => ({ record: record.read() }));
      for (const what of found)
        for (const end of endsIn({ found: what } as unknown as FetchedMessage)) ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    if (!damaged) expect(read[0] && 'records' in read[0] && read[0].records.length).toBe(records.length);
    tried += records.length;
  }
  // It went through all of them.
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['event', 'unusable', 'unknown']));
}, 3_600_000);
