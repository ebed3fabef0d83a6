import { examplesOf, faultsWhereMade } from '@gpect/contracts/event-contracts';
import { Chances } from '@gpect/test-kit/chances';
import { type RecordToWrite, recordBatch } from '@gpect/test-kit/record-batch';
import { expect, test } from '@jest/globals';
import { compressFrameSync } from 'lz4-napi';
import { compress as snap } from 'snappyjs';
import { readMessage } from '../../events/cloudevents.js';
import { refusal } from '../../partners/answers.js';
import { namedIn } from '../../partners/identity.js';
import { readPartnerEvent } from '../../partners/partner-event.js';
import { binaryEvent, inBinaryMode } from '../../partners/sent-event.js';
import type { FetchedMessage } from './fetch-response.js';
import { toIncoming } from './incoming.js';
import { readRecordSet } from './record-set.js';

/** Records tried; the long campaign: GPECT_FUZZ_RECORDS=400000, and GPECT_FUZZ_SEED to see one again. */
const RECORDS = Number(process.env['GPECT_FUZZ_RECORDS'] ?? 2000);
const SEED = Number(process.env['GPECT_FUZZ_SEED'] ?? 13);
const PACK = [undefined, undefined, (b: Buffer) => Buffer.from(snap(b)), (b: Buffer) => compressFrameSync(b)];
const TYPE = 'fr.gpect.enrolment.firm-declined.v1' as const;

const chances = new Chances(SEED);
const { below, maybe, noise, oneOf } = chances;
const NAMES = ['__proto__', 'constructor', 'toString', 'content-type', 'ce_id', 'ce_type', 'ce_sequence', '', 'é'];
const GOOD: readonly (readonly [string, string])[] = [
  ['ce_specversion', '1.0'],
  ['ce_id', 'e1'],
  ['ce_source', '/services/enrolment'],
  ['ce_subject', 'a'],
  ['ce_time', '2026-01-01T00:00:00Z'],
  ['ce_sequence', '1'],
];
const VALUES = [JSON.stringify(examplesOf(TYPE)[0]), 'null', '[]', '{"data":1}', '"\\ud800"', '{"__proto__":1}', ''];

function anyRecord(): RecordToWrite {
  const odd = Array.from(
    { length: below(4) },
    () => [maybe(0.7) ? oneOf(NAMES) : noise(20), maybe(0.3) ? null : noise(30)] as const,
  );
  const type = ['ce_type', oneOf([TYPE, TYPE, 'x.v1', 'constructor'])] as const;
  const good = [...GOOD.filter(() => maybe(0.95)), type];
  const structured = maybe(0.1) ? [['content-type', 'application/cloudevents+json'] as const] : [];
  return {
    key: oneOf([null, 'a', '', noise(50)]),
    value: oneOf([null, noise(300), ...VALUES]),
    headers: maybe(0.5) ? [...good, ...odd, ...structured] : [...odd, ...good],
    timestampDelta: oneOf([0, -5, 2 ** 31]),
  };
}

/** What a record ends in, by every door that there is. */
function endsIn(message: FetchedMessage): string[] {
  const incoming = toIncoming('gpect.partner.x.in', 0, message);
  const said = inBinaryMode(incoming);
  const sent = readPartnerEvent(binaryEvent(said), 'x', undefined, 0);
  if (!sent.ok) {
    const { type, data } = refusal(namedIn(said), sent.fault);
    // The answer keeps its own contract, whatever it answers.
    if (faultsWhereMade(type, data).length > 0) throw new Error(JSON.stringify([faultsWhereMade(type, data), data]));
  }
  return [readMessage(incoming, () => true).kind, sent.ok ? 'event' : sent.fault.type];
}

test(`whatever ${RECORDS} records hold (seed ${SEED}), each is an event, a refusal or parked, and what is behind it is read`, () => {
  const ends = new Map<string, number>();
  for (let tried = 0; tried < RECORDS; ) {
    const records = Array.from({ length: 1 + below(20) }, anyRecord);
    const codec = below(4);
    const pack = PACK[codec];
    const batch = recordBatch(records, { codec, ...(pack ? { pack } : {}) });
    // Half of them damaged, behind the place where a broker would look.
    const damaged = maybe(0.5);
    if (damaged) for (let i = 0; i <= below(5); i++) batch[16 + below(batch.length - 16)] = below(256);
    const read = readRecordSet(Buffer.concat([batch, recordBatch([{ value: 'behind' }], { firstOffset: 100 })]));
    const behind = read.at(-1);
    expect(behind && 'records' in behind && behind.records.map((r) => String(r.value))).toEqual(['behind']);
    for (const one of read.slice(0, -1)) {
      const found = 'reason' in one ? [{ unreadable: one }] : one.records.map((record) => ({ record }));
      for (const what of found)
        for (const end of endsIn({ found: what } as unknown as FetchedMessage)) ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    if (!damaged) expect(read[0] && 'records' in read[0] && read[0].records.length).toBe(records.length);
    tried += records.length;
  }
  // It went through all of them.
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['event', 'unusable', 'unknown-type']));
}, 3_600_000);
