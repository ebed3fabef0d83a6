// How long all tests of a workspace took when they last ran here, for `npm run check`. Runs of some of them say nothing of it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEPT = '.test-results/whole-run.json';

/**
 * Keeps how long a run took, where it was of every test file and of no titles alone; else what is kept stays.
 * @param results what Jest says of the run (`--json`)
 */
export function keepWholeRun(workspace, files, args, results) {
  const ran = new Set(results.testResults.map(({ name }) => name));
  const isOfTitles = args.some((arg) => /^(-t|--testNamePattern)(=|$)/.test(arg));
  if (isOfTitles || !files.every((file) => ran.has(join(workspace, file)))) return;
  const tookMs = Math.max(0, ...results.testResults.map(({ endTime }) => endTime - results.startTime));
  writeFileSync(join(workspace, KEPT), JSON.stringify({ files: files.length, tookMs }));
}

/** Milliseconds; undefined where the workspace has not run whole here, or has other files than it had then. */
export function wholeRunMs(workspace, files) {
  if (!existsSync(join(workspace, KEPT))) return undefined;
  const kept = JSON.parse(readFileSync(join(workspace, KEPT), 'utf8'));
  return kept.files === files.length ? kept.tookMs : undefined;
}
