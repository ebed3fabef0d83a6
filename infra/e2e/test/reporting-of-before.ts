import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';

/** The last commit of reporting that kept sums by day and folded them into cells. */
const COMMIT = '06b4c96f3b2701c1b9b865b90a8c3d51d94a804e';
const FOLDER = join(ROOT, '.local/reporting-of-before');
const BUILT = join(FOLDER, 'built');
/** Reporting and the packages that it is made of, each before those that import it. */
const BUILDS = [
  ...['domain-values', 'contracts', 'service-kit', 'tabular-files'].map((name) => `packages/${name}`),
  'apps/reporting',
];

/**
 * Reporting as it was before, built from the history of this repository, once: where its `dist/main.js` is. What it needs
 * of others is what is installed here.
 * @throws Error that says so where the history is not there (a shallow clone)
 */
export function reportingOfBefore(): string {
  if (!existsSync(BUILT)) build();
  return join(FOLDER, 'apps/reporting/dist/main.js');
}

function build(): void {
  requireHistory();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const packed = execFileSync('git', ['archive', COMMIT, 'tsconfig.base.json', 'package.json', ...BUILDS], {
    cwd: ROOT,
    maxBuffer: 2 ** 28,
  });
  execFileSync('tar', ['-xf', '-'], { cwd: FOLDER, input: packed });
  linkModules();
  for (const name of BUILDS)
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], {
      cwd: join(FOLDER, name),
      stdio: 'inherit',
    });
  writeFileSync(BUILT, COMMIT);
}

/** All that is installed here (pdfkit for this alone); of our own packages, those of before. */
function linkModules(): void {
  const [from, to] = [join(ROOT, 'node_modules'), join(FOLDER, 'node_modules')];
  mkdirSync(join(to, '@gpect'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== '@gpect' && !name.startsWith('gpect-')) symlinkSync(join(from, name), join(to, name));
  for (const path of BUILDS) symlinkSync(join(FOLDER, path), join(to, '@gpect', path.slice(path.indexOf('/') + 1)));
}

function requireHistory(): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    git('cat-file', '-e', `${COMMIT}^{tree}`);
  } catch {
    try {
      git('fetch', '--depth=1', 'origin', COMMIT);
    } catch (error) {
      throw new Error(
        `the upgrade is tried from commit ${COMMIT}, which this clone has not: clone the whole history (git fetch --unshallow)`,
        { cause: error },
      );
    }
  }
}
