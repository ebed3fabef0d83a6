import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve('../..');

/** The repository as it stands, in a folder of its own: what a newcomer does by the documentation can be tried there. */
export function scratchCopy(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'gpect-scratch-'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const file of files
    .toString()
    .split('\n')
    .filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  for (const group of ['apps', 'packages', 'infra'])
    for (const name of readdirSync(join(ROOT, group)))
      for (const made of ['dist', 'node_modules']) copyIfThere(`${group}/${name}/${made}`, folder);
  linkModules(folder);
  mkdirSync(join(folder, '.local'));
  symlinkSync(join(ROOT, '.local/tools'), join(folder, '.local/tools'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What is installed is the same; our own packages are those of the copy, since their links are relative. */
function linkModules(folder: string): void {
  const from = join(ROOT, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(from)) {
    if (name === '@gpect' || name === 'gpect-partner-kit') copyIfThere(`node_modules/${name}`, folder);
    else symlinkSync(join(from, name), join(folder, 'node_modules', name));
  }
}

function copyIfThere(path: string, folder: string): void {
  if (existsSync(join(ROOT, path)))
    cpSync(join(ROOT, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
}
