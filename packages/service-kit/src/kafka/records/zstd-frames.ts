/** A frame of Zstandard (RFC 8878), as it is unpacked. */
export interface ZstdFrame {
  /** Where not all of what it declares is needed, with a smaller window. */
  readonly bytes: Buffer;
  /** What it unpacks to, at the most. */
  readonly most: number;
}

const MAGIC = 0xfd2fb528;
const SKIPPED = 0x184d2a50;
/** A block unpacks to no more, unless it says how much. */
const BLOCK_BYTES = 131_072;
/**
 * Whoever unpacks keeps a window and moves it with every block: bytes that may be moved for one batch, some two seconds. As
 * much as 32 MiB in blocks of 128 KiB ask for with a window of 32 MiB; clients that are not told otherwise have 8 at the most.
 */
const MOST_MOVED = 8 * 1024 ** 3;

/**
 * The frames of a batch, each walked over before any of it is unpacked: a kilobyte can declare a window of two gigabytes, and
 * a megabyte have three hundred thousand blocks. Pure.
 * @throws Error that says what is wrong with them
 */
export function zstdFrames(packed: Buffer, most: number): readonly ZstdFrame[] {
  const frames: ZstdFrame[] = [];
  let [said, moved] = [0, 0];
  for (let at = 0; at < packed.length; ) {
    need(packed, at, 8);
    const magic = packed.readUInt32LE(at);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPED) {
      at += 8 + packed.readUInt32LE(at + 4);
      continue;
    }
    const head = headOf(packed, at);
    const blocks = blocksOf(packed, head.end);
    said += blocks.said;
    const window = smallest(head, blocks.most);
    moved += window * (blocks.count + 1);
    if (said > most || window > most) throw new Error(`unpacked it has more than ${most} bytes`);
    if (moved > MOST_MOVED)
      throw new Error(`its zstd frames have too many blocks for their windows (${blocks.count} of ${window} bytes)`);
    const end = blocks.end + head.checksum;
    need(packed, end, 0);
    frames.push({ bytes: withWindow(packed.subarray(at, end), head, window), most: blocks.most });
    at = end;
  }
  return frames;
}

interface Head {
  readonly end: number;
  readonly window: number;
  /** Its one segment is its window: its content, which it has to say. */
  readonly single: boolean;
  readonly checksum: number;
}

function headOf(packed: Buffer, at: number): Head {
  const flags = packed.readUInt8(at + 4);
  if (packed.readUInt32LE(at) !== MAGIC || flags & 8) throw new Error('invalid zstd data');
  const single = (flags & 0x20) > 0;
  const contentAt = at + (single ? 5 : 6) + ([0, 1, 2, 4][flags & 3] ?? 0);
  const bytes = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  need(packed, contentAt, bytes);
  const checksum = flags & 4 ? 4 : 0;
  const end = contentAt + bytes;
  if (single) return { end, single, checksum, window: contentBytes(packed, contentAt, bytes) };
  const said = packed.readUInt8(at + 5);
  const base = 2 ** (10 + (said >> 3));
  return { end, single, checksum, window: base + (base / 8) * (said & 7) };
}

function contentBytes(packed: Buffer, at: number, bytes: number): number {
  if (bytes === 8) return Number(packed.readBigUInt64LE(at));
  return packed.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0);
}

function blocksOf(packed: Buffer, from: number) {
  let [said, most, count] = [0, 0, 0];
  for (let at = from; ; ) {
    need(packed, at, 3);
    const header = packed.readUIntLE(at, 3);
    const [type, size] = [(header >> 1) & 3, header >> 3];
    if (type === 3) throw new Error('invalid zstd data');
    at += 3 + (type === 1 ? 1 : size);
    need(packed, at, 0);
    count++;
    // Packed ones do not say what is in them.
    if (type !== 2) said += size;
    most += type === 2 ? BLOCK_BYTES : size;
    if (header & 1) return { said, most, count, end: at };
  }
}

/** No frame looks back further than it is long: streams declare a window before they know that. */
function smallest({ window, single }: Head, most: number): number {
  const needed = 2 ** Math.ceil(Math.log2(Math.max(most, BLOCK_BYTES)));
  return single ? window : Math.min(window, needed);
}

function withWindow(frame: Buffer, head: Head, window: number): Buffer {
  if (window === head.window) return frame;
  const smaller = Buffer.from(frame);
  smaller[5] = (Math.log2(window) - 10) << 3;
  return smaller;
}

function need(packed: Buffer, at: number, bytes: number): void {
  if (at + bytes > packed.length) throw new Error('a zstd frame is cut off');
}
