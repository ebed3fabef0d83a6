import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Debian's packages, unpacked into a folder of our own: nothing is installed. */
export function unpackDebian(home: string, packages: readonly string[], what: string): void {
  if (existsSync(home)) return;
  const fresh = `${home}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const download = () => execFileSync('apt-get', ['download', ...packages], { cwd: fresh, stdio: 'pipe' });
  try {
    try {
      download();
    } catch {
      execFileSync('apt-get', ['update'], { stdio: 'pipe' });
      download();
    }
    for (const file of readdirSync(fresh)) execFileSync('dpkg', ['-x', file, '.'], { cwd: fresh, stdio: 'pipe' });
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`no ${what} on the PATH, and Debian's packages could not be had: ${String(error)}`);
  }
  renameSync(fresh, home);
}
