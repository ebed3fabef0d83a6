import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { TOOLS } from '@gpect/local/stack';
import { findGo } from '@gpect/local-servers/tools';
import { isOnPath, unpackDebian } from './debian.js';

/** Builds every program of a Go module, with the versions and checksums that it names; the folder they are in. */
export async function buildGo(module: string, name: string): Promise<string> {
  const bin = join(TOOLS, 'partner-clients-go', name);
  mkdirSync(bin, { recursive: true });
  const go = await findGo(TOOLS);
  // As partners build: its own settings, whatever those of this machine say of the repository around it.
  const options = ['-mod=readonly', '-buildvcs=false', '-o', `${bin}/`, './...'];
  try {
    await promisify(execFile)(go, ['build', ...options], { cwd: module, env: { ...process.env, GOWORK: 'off' } });
  } catch (error) {
    throw new Error(`Go could not build ${module}: ${String((error as { stderr?: string }).stderr ?? error)}`);
  }
  return bin;
}

const PHP_PACKAGES = [
  'php8.2-cli',
  'php8.2-common',
  'php8.2-curl',
  'libargon2-1',
  'libcurl4',
  'libedit2',
  'libffi8',
  'libmagic1',
  'libsodium23',
  'libxml2',
];

/** The PHP of the PATH (8 or newer, with curl and ffi), else Debian 12's, unpacked into our own folder. */
export function preparePhp(): { command: readonly string[]; env: Readonly<Record<string, string>> } {
  if (isOnPath('php')) return { command: ['php'], env: {} };
  const home = join(TOOLS, 'php-curl-ffi');
  unpackDebian(home, PHP_PACKAGES, 'PHP 8 with curl and ffi');
  const extensions = join(home, 'usr/lib/php');
  const [version = ''] = readdirSync(extensions).filter((folder) => /^\d{8}$/.test(folder));
  const libraries = readdirSync(join(home, 'usr/lib')).map((folder) => join(home, 'usr/lib', folder));
  return {
    command: [
      join(home, 'usr/bin/php8.2'),
      '-n',
      '-d',
      `extension_dir=${join(extensions, version)}`,
      '-d',
      'extension=curl',
      '-d',
      'extension=ffi',
    ],
    env: { LD_LIBRARY_PATH: libraries.join(delimiter) },
  };
}
