import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';

/** Of npm: some npm 11 refuse a lock for its optional packages of other platforms; npm 10 takes the same one. */
const NPM = [['npm'], ['npx', '-y', 'npm@10.9.4']] as const;

/**
 * A service as a commit has it, installed and built in `.local/before`: made the first time, then kept.
 * @param commit in full
 * @returns the folder of the repository as it was
 * @throws where git does not have the commit (a shallow clone), or it cannot be installed or built
 */
export function checkoutOf(commit: string, service: string): string {
  const folder = join(ROOT, '.local/before', `${commit}-${service}`);
  if (existsSync(folder)) return folder;
  process.stderr.write(`${service} of ${commit.slice(0, 7)} is installed and built, once, in ${folder}\n`);
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  run('tar', ['-x'], half, execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 }));
  install(half, service);
  const cache = ['--force', '--cache-dir=.turbo/cache'];
  const turbo = ['node_modules/turbo/bin/turbo', 'run', 'build', `--filter=@gpect/${service}`, '--ui=stream', ...cache];
  run(process.execPath, [...turbo, '--output-logs=errors-only'], half);
  renameSync(half, folder);
  return folder;
}

function install(folder: string, service: string): void {
  const what = ['ci', '--workspace', `apps/${service}`, '--include-workspace-root'];
  for (const [i, [program, ...first]] of NPM.entries())
    try {
      run(program, [...first, ...what, '--no-audit', '--no-fund', '--loglevel=error'], folder);
      return;
    } catch (error) {
      if (i === NPM.length - 1) throw error;
    }
}

/** What it says goes to stderr: the table alone is for stdout. */
function run(program: string, args: readonly string[], cwd: string, input?: Buffer): void {
  execFileSync(program, args, {
    cwd,
    stdio: [input ? 'pipe' : 'ignore', 2, 2],
    ...(input ? { input } : {}),
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
}
