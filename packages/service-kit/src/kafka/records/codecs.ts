// Whoever reads this file from its source, and not the whole package, has these types too.
/// <reference path="./snappyjs.d.ts" />
import { createContext, Script } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import { decompressFrameSync } from 'lz4-napi';
import { uncompress as unsnap } from 'snappyjs';
import { zstdFrames } from './zstd-frames.js';

/** Kafka's codecs, by the number in a batch's attributes. */
const CODECS = [raw, gzip, snappy, lz4, zstd] as const;

/**
 * What a batch's records are once unpacked.
 * @param most bytes at the most: a kilobyte can hold a gigabyte
 * @throws Error that says what is wrong with the bytes
 */
export function unpack(codec: number, packed: Buffer, most: number): Buffer {
  const known = CODECS[codec];
  if (!known) throw new Error(`its codec is number ${codec}, which Kafka does not have`);
  return known(packed, most);
}

function raw(packed: Buffer): Buffer {
  return packed;
}

function gzip(packed: Buffer, most: number): Buffer {
  return gunzipSync(packed, { maxOutputLength: most });
}

/** Header of Java's snappy streams: then blocks, each behind its length. Others write one block alone. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_BYTES = 16;

function snappy(packed: Buffer, most: number): Buffer {
  if (!packed.subarray(0, XERIAL.length).equals(XERIAL)) return Buffer.from(unsnap(packed, most));
  const parts: Buffer[] = [];
  let bytes = 0;
  for (let at = XERIAL_BYTES; at < packed.length; ) {
    const length = packed.readInt32BE(at);
    at += 4;
    if (length < 0 || at + length > packed.length) throw new Error('a snappy block is cut off');
    // A frame may hold an empty block.
    if (length > 0) {
      const part = Buffer.from(unsnap(packed.subarray(at, at + length), most - bytes));
      parts.push(part);
      bytes += part.length;
    }
    at += length;
  }
  return Buffer.concat(parts);
}

const LZ4_BLOCK_BYTES: Readonly<Record<number, number>> = { 4: 0x1_0000, 5: 0x4_0000, 6: 0x10_0000, 7: 0x40_0000 };

/** The frame is walked over first: the library takes no bound. */
function lz4(packed: Buffer, most: number): Buffer {
  const flags = packed.readUInt8(4);
  const block = LZ4_BLOCK_BYTES[(packed.readUInt8(5) >> 4) & 7];
  if (packed.readUInt32LE(0) !== 0x184d2204 || flags >> 6 !== 1 || !block) throw new Error('it is no LZ4 frame');
  let bytes = 0;
  for (let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0); ; ) {
    const size = packed.readUInt32LE(at);
    at += 4;
    if (size === 0) break;
    const length = size & 0x7fff_ffff;
    if (at + length > packed.length) throw new Error('an LZ4 block is cut off');
    // One byte of a block stands for 255 at the most.
    bytes += Math.min(block, length * 255);
    if (bytes > most + block) throw new Error(`unpacked it has more than ${most} bytes`);
    at += length + (flags & 16 ? 4 : 0);
  }
  const unpacked = decompressFrameSync(packed);
  if (unpacked.length > most) throw new Error(`unpacked it has more than ${most} bytes`);
  return unpacked;
}

/** Looked at before it is unpacked, and given up where that takes far longer than so many bytes do. Node's own comes with Node 22.15. */
function zstd(packed: Buffer, most: number): Buffer {
  const frames = zstdFrames(packed, most);
  const longest = frames.reduce((sum, frame) => sum + frame.most, 0);
  return within(2000 + Math.min(longest, most) / BYTES_PER_MS, () => {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for (const frame of frames)
      new Decompress((part) => {
        bytes += part.length;
        if (bytes > most) throw new Error(`unpacked it has more than ${most} bytes`);
        parts.push(part);
      }).push(frame.bytes, true);
    return Buffer.concat(parts);
  });
}

/** Unpacking does ten times as many, on a machine that has nothing else to do. */
const BYTES_PER_MS = 8192;
const RUN = new Script('work()');
const inside: { work: () => unknown } = createContext({ work: () => undefined }) as never;

/** A few bytes of a packed block can say that thousands of millions are copied: the library does, and has no bound for it. */
function within<T>(ms: number, work: () => T): T {
  inside.work = work;
  try {
    return RUN.runInContext(inside, { timeout: Math.ceil(ms) }) as T;
  } catch (error) {
    const isLate = (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isLate ? new Error(`unpacking it takes more than ${Math.ceil(ms)} ms`) : error;
  } finally {
    inside.work = () => undefined;
  }
}
