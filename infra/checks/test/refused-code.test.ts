import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** The compiler reads the types of the packages and of some services, on a machine that may be busy. */
const AT_MOST_MS = 240_000;
const ROOT = resolve('../..');
const FIXTURES = join(ROOT, 'infra/checks/fixtures/refused');
const files = readdirSync(FIXTURES).filter((file) => file.endsWith('.ts'));
// Beside the fixtures, so that they find the packages.
const scratch = mkdtempSync(join(ROOT, 'infra/checks/fixtures/.refused-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What the compiler says, by file and line. */
const said = new Map<string, string>();
beforeAll(() => {
  const config = join(scratch, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ extends: join(ROOT, 'tsconfig.tests.json'), include: [`${FIXTURES}/*.ts`] }));
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config, '--pretty', 'false'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 },
  );
  let at = 'before any line';
  for (const line of stdout.split('\n').filter((one) => one !== '')) {
    const [, file, number] = /^(\S+)\((\d+),\d+\): error/.exec(line) ?? [];
    if (file && number) at = `${basename(file)}:${number}`;
    said.set(at, `${said.get(at) ?? ''}${line}\n`);
  }
}, AT_MOST_MS);

test.each(files)('what %s marks as refused does not compile, and the rest of it does', (file) => {
  const marked = readFileSync(join(FIXTURES, file), 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      const [, expected] = /\/\/ refused: (.+)$/.exec(line) ?? [];
      return expected ? [{ at: `${file}:${i + 1}`, expected }] : [];
    });
  expect(marked.length).toBeGreaterThan(0);
  for (const { at, expected } of marked)
    expect({ at, said: said.get(at) }).toEqual({ at, said: expect.stringContaining(expected) });
  const elsewhere = [...said].filter(([at]) => at.startsWith(`${file}:`) && !marked.some((mark) => mark.at === at));
  expect(elsewhere).toEqual([]);
});

test('the compiler speaks of the fixtures alone', () => {
  expect([...said].filter(([at]) => !files.some((file) => at.startsWith(`${file}:`)))).toEqual([]);
});
