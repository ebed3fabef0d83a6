import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve('../..');
/** By this infra/local/run.mjs knows that the packages of the lock are installed. */
const INSTALLED = '.gpect-lock';

/** The repository as it stands, in a folder of its own: what a newcomer does by the documentation can be tried there. */
export function scratchCopy(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'gpect-scratch-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  const made = ['apps', 'packages', 'infra'].flatMap((group) =>
    readdirSync(join(ROOT, group)).flatMap((name) => [`${group}/${name}/dist`, `${group}/${name}/node_modules`]),
  );
  const files = [...listed.toString().split('\n'), ...made].filter(
    (name) => name !== '' && existsSync(join(ROOT, name)),
  );
  copyAll(files, folder);
  linkModules(folder);
  mkdirSync(join(folder, '.local'));
  symlinkSync(join(ROOT, '.local/tools'), join(folder, '.local/tools'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What is installed is the same, and is said to be; our own packages are those of the copy, since their links are relative. */
function linkModules(folder: string): void {
  const from = join(ROOT, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(from)) {
    if (name === '@gpect' || name === 'gpect-partner-kit') copyAll([`node_modules/${name}`], folder);
    else if (name !== INSTALLED) symlinkSync(join(from, name), join(folder, 'node_modules', name));
  }
  const lock = readFileSync(join(folder, 'package-lock.json'));
  writeFileSync(join(folder, 'node_modules', INSTALLED), createHash('sha256').update(lock).digest('hex'));
}

/** By tar: links stay what they are, and thousands of files are copied in a second or two. */
function copyAll(files: readonly string[], folder: string): void {
  const input = files.map((file) => `${file}\n`).join('');
  const packed = execFileSync('tar', ['-cf', '-', '-T', '-'], { cwd: ROOT, input, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-xf', '-'], { cwd: folder, input: packed });
}
