import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '@gpect/service-kit/observability/logger';

/** A file on disk for as long as it is read. */
export interface Spooled {
  readonly path: string;
  readonly size: number;
}

/**
 * Files that are read stand in a folder of their process. A socket in it answers for as long as the process lives, frozen or
 * not and in whatever container: the system itself closes it. What nobody answers for was left by a process that died.
 */
const FOLDER = 'gpect-spool-';
/** Folders of releases before: nothing says whose they are. */
const OLDER = ['gpect-file-', 'gpect-spend-'];
const SOCKET = 'alive';
/** A folder whose owner cannot be asked (of another machine, or just made) is left for as long as it may be read by anybody. */
const UNKNOWN_KEPT_MS = 24 * 3_600_000;
const TOUCH_MS = 3_600_000;

let own: Promise<string> | undefined;
let count = 0;

/** Keeps what is sent on disk while `use` reads it: a table is looked at whole before a line of it is given. */
export async function spooled<T>(stream: AsyncIterable<Buffer>, use: (file: Spooled) => Promise<T>): Promise<T> {
  const path = await placeOfFile();
  try {
    await pipeline(stream, createWriteStream(path));
    const { size } = await stat(path);
    return await use({ path, size });
  } finally {
    await rm(path, { force: true });
  }
}

/** Where one more file may be put; who puts it there removes it. */
export async function placeOfFile(): Promise<string> {
  own ??= begin().catch((error: unknown) => {
    own = undefined;
    throw error;
  });
  return join(await own, `file-${++count}`);
}

/** Removes what processes left that died. Safe beside every other process that does the same. */
export async function sweepSpools(logger: Logger, within = tmpdir()): Promise<void> {
  const machine = await machineOf();
  const mine = await own;
  for (const name of await readdir(within)) {
    const folder = join(within, name);
    if (folder === mine || ![FOLDER, ...OLDER].some((start) => name.startsWith(start))) continue;
    const owner = name.startsWith(`${FOLDER}${machine}-`) ? await askOwner(join(folder, SOCKET)) : 'unknown';
    if (owner === 'alive' || (owner === 'unknown' && (await isYoung(folder)))) continue;
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
      logger.warn({ err: error, folder }, 'a folder of a process that died cannot be removed'),
    );
    logger.info({ folder }, 'files that a process left when it died were removed');
  }
}

async function begin(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${await machineOf()}-`));
  const server = createServer((socket) => socket.destroy());
  // Where there can be no socket, age alone says that it was left.
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.listen(join(folder, SOCKET), resolve);
  });
  server.unref();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  setInterval(() => void utimes(folder, new Date(), new Date()).catch(() => undefined), TOUCH_MS).unref();
  return folder;
}

function askOwner(socket: string): Promise<'alive' | 'dead' | 'unknown'> {
  return new Promise((resolve) => {
    const asking = connect(socket);
    asking.once('connect', () => {
      asking.destroy();
      resolve('alive');
    });
    asking.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'dead' : 'unknown'));
  });
}

async function isYoung(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return !found || Date.now() - found.mtimeMs < UNKNOWN_KEPT_MS;
}

/** Whom a socket can be asked: what runs by the same kernel, since it was started. */
async function machineOf(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(hostname);
  return boot.replaceAll(/[^0-9a-z]/gi, '').slice(0, 8);
}
