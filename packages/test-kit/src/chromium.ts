import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const found = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

/** A real Chromium: that of the PATH, else Debian's package, installed. @throws Error that says what to install */
export function prepareChromium(): string {
  const before = found();
  if (before) return before;
  const apt = (...args: string[]) =>
    execFileSync('apt-get', args, { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  try {
    apt('update');
    apt('install', '--yes', '--no-install-recommends', 'chromium');
  } catch (error) {
    throw new Error('no Chromium on the PATH, and apt-get could not install it: install chromium', { cause: error });
  }
  const after = found();
  if (!after) throw new Error('chromium was installed, and is not on the PATH');
  return after;
}
