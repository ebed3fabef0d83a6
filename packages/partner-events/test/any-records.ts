import { examplesOf } from '@gpect/contracts/event-contracts';
import type { Chances } from '@gpect/test-kit/chances';
import type { RecordToWrite } from '@gpect/test-kit/record-batch';
import { compressFrameSync } from 'lz4-napi';
import { compress as snap } from 'snappyjs';

const TYPE = 'fr.gpect.enrolment.firm-declined.v1' as const;

/** How each codec of Kafka packs, by its number; what is not said is done by whoever writes the batch. */
export const PACK = [
  undefined,
  undefined,
  (bytes: Buffer) => Buffer.from(snap(bytes)),
  (bytes: Buffer) => compressFrameSync(bytes),
  zstd,
] as const;

/** A frame of Zstandard (RFC 8878) of one block that is not packed. */
function zstd(bytes: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(0xfd2fb528, 0);
  header[4] = 0xa0;
  header.writeUInt32LE(bytes.length, 5);
  header.writeUIntLE((bytes.length << 3) | 1, 9, 3);
  return Buffer.concat([header, bytes]);
}

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

/** Makes records of which anything may be wrong. */
export function anyRecords({ below, maybe, noise, oneOf }: Chances): () => RecordToWrite {
  return () => {
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
  };
}
