import { type Duplex, type Readable, Transform } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { bombGuard, MOST_ARCHIVE_ENTRIES } from './limits.js';
import { FileUnreadable } from './unreadable.js';

export type Packing = 'gzip' | 'zip';

/** Bytes that can be read again from the start. */
export interface Bytes {
  readonly size: number;
  open(): Readable;
}

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

export function isZip(head: Buffer): boolean {
  return (
    head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1')) ||
    head.subarray(0, 4).equals(Buffer.from('PK\u0005\u0006', 'latin1'))
  );
}

export function gunzipped({ size, open }: Bytes): Bytes {
  return {
    size,
    open: () => joined(open(), createGunzip(), bombGuard(size), asUnreadableGzip),
  };
}

/** Streams one behind the other: the fault of one is the fault of the last, and who leaves early closes them all. */
function joined(first: Readable, unpacker: Duplex, guard: Duplex, faultOf: (error: unknown) => Error): Readable {
  let last = first;
  const all: Readable[] = [first];
  for (const next of [unpacker, guard]) {
    last.pipe(next);
    last.once('error', (error) => next.destroy(faultOf(error)));
    all.push(next);
    last = next;
  }
  last.once('close', () => {
    for (const stream of all) stream.destroy();
  });
  return last;
}

/** What systems and programs leave beside the files of a folder, and nobody packs on purpose. */
const LEFT_BY_SYSTEMS =
  /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|ehthumbs\.db|desktop\.ini|~\$[^/]*|\.~lock\.[^/]*#)$/i;

/**
 * Passes on what was unpacked, and fails at its end where it is not what was packed: a byte that was damaged may leave another
 * digit and nothing else.
 * @param sum of the archive's directory; 0 where its program wrote none
 */
function checked(sum: number): Transform {
  let own = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      own = crc32(chunk, own);
      done(null, chunk);
    },
    flush(done) {
      done(sum === 0 || own === sum ? null : new FileUnreadable('archive_broken', { why: 'CRC' }));
    },
  });
}

/** A zip file on disk, by its directory: names are only looked at, nothing is ever written under them. */
export class ZipArchive {
  readonly #entries = new Map<string, Entry>();

  private constructor(private readonly zip: ZipFile) {}

  static async open(path: string): Promise<ZipArchive> {
    try {
      const archive = new ZipArchive(
        await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false }),
      );
      // Counted as they come: entries of one name are one entry of the map.
      let entries = 0;
      for await (const entry of archive.zip.eachEntry()) {
        entries++;
        if (entries > MOST_ARCHIVE_ENTRIES)
          throw new FileUnreadable('archive_bomb', { why: `> ${MOST_ARCHIVE_ENTRIES}` });
        archive.#entries.set(entry.fileName, entry);
      }
      return archive;
    } catch (error) {
      throw asUnreadable(error);
    }
  }

  /** Whether any entry's name is of a kind. */
  some(test: (name: string) => boolean): boolean {
    return [...this.#entries.keys()].some(test);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The one file that was packed. @throws FileUnreadable where there is none or several */
  theOnlyFile(): string {
    const files = [...this.#entries.keys()].filter((name) => !name.endsWith('/') && !LEFT_BY_SYSTEMS.test(name));
    const [first] = files;
    if (first === undefined) throw new FileUnreadable('archive_empty');
    if (files.length > 1)
      throw new FileUnreadable('archive_several_files', {
        count: files.length,
        names: files.slice(0, 5).join(', '),
      });
    return first;
  }

  bytes(name: string): Bytes {
    const entry = this.#entries.get(name);
    if (!entry) throw new FileUnreadable('archive_broken', { why: name });
    if (entry.isEncrypted()) throw new FileUnreadable('archive_encrypted');
    return {
      size: entry.compressedSize,
      open: () => {
        const guard = bombGuard(entry.compressedSize);
        const whole = checked(entry.crc32);
        this.zip
          .openReadStreamPromise(entry)
          .then((stream) => {
            stream.once('error', (error: unknown) => guard.destroy(asUnreadable(error)));
            whole.once('error', (error: unknown) => guard.destroy(asUnreadable(error)));
            guard.once('close', () => {
              stream.destroy();
              whole.destroy();
            });
            stream.pipe(whole).pipe(guard);
          })
          .catch((error: unknown) => guard.destroy(asUnreadable(error)));
        return guard;
      },
    };
  }

  close(): void {
    this.zip.close();
  }
}

function asUnreadableGzip(error: unknown): Error {
  const fault = asUnreadable(error);
  return fault instanceof FileUnreadable && fault.key === 'archive_broken'
    ? new FileUnreadable('archive_broken.gzip', fault.params)
    : fault;
}

/** An archive that cannot be unpacked is a fault of the file; a disk or a database that is away is not. */
function asUnreadable(error: unknown): Error {
  if (error instanceof FileUnreadable) return error;
  const fault = error as Error & { code?: string; errorLabelSet?: unknown };
  if (fault.code?.startsWith('Z_')) return new FileUnreadable('archive_broken', { why: fault.code });
  if (fault.code !== undefined || fault.errorLabelSet !== undefined) return fault;
  if (/relative path|absolute path|invalid characters/.test(fault.message))
    return new FileUnreadable('archive_unsafe_name', { why: fault.message });
  return new FileUnreadable('archive_broken', { why: fault.message });
}
