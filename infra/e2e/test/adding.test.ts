import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { scratchCopy } from './scratch-copy.js';

const PAGE = readFileSync(resolve('../../docs/adding.md'), 'utf8');
const copy = scratchCopy();
afterAll(() => copy.remove());

/** A step of the page: a file to write, lines to put beside a line of one, or commands to run. */
type Step =
  | { readonly run: string }
  | { readonly file: string; readonly text: string; readonly beside?: { at: 'before' | 'after'; line: string } };

test('a command and its event are eight files by hand at the most', () => {
  const [, ofCommand = ''] = PAGE.split(/^## /m);
  const written = new Set(stepsOf(ofCommand).flatMap((step) => ('file' in step ? [step.file] : [])));
  expect([...written].length).toBeLessThanOrEqual(8);
  expect([...written].length).toBeGreaterThan(4);
});

test('a figure is one file and its test', () => {
  const ofFigure = PAGE.slice(PAGE.indexOf('## A figure'), PAGE.indexOf('## An event that partners send'));
  const written = stepsOf(ofFigure).flatMap((step) => ('file' in step ? [step.file] : []));
  expect(written).toEqual(['ts', 'test.ts'].map((end) => `apps/reporting/src/figures/visit-wished.${end}`));
});

test('a newcomer who follows the page adds each kind of thing that it shows: types are right, and the tests pass', () => {
  const steps = stepsOf(PAGE);
  // What `npm install` does of it; the rest of what is installed is shared with the repository.
  symlinkSync('../../apps/visits', join(copy.folder, 'node_modules/@gpect/visits'));
  const said = steps.map((step) => ('run' in step ? run(step.run) : write(step)));
  expect(said.at(-1)).toMatch(/\n[1-9]\d* passed, 0 failed\n$/);
  for (const title of [
    'is recorded once, and shown',
    'a firm that wished a visit counts once, on that day',
    'a visit that is wished is expected, once',
  ])
    expect(said.at(-1)).toContain(title);
});

/** By file, what somebody might have written in the place of what the page says. */
const MISTAKES: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  'apps/enrolment/src/firm-case/routes.ts': ["siret}/visit-wish'", "siret}/visit-whish'"],
  'apps/enrolment/src/firm-case/firm-case.test.ts': ["kind: 'visit', wishedFor", "kind: 'visit', wishedFro"],
  'apps/visits/src/visit/visit.ts': ["case 'fr.gpect.visits.visit-expected", "case 'fr.gpect.visits.visit-awaited"],
  'apps/visits/src/service.ts': ["'GET /visits/{programme}", "'GET /visit/{programme}"],
};

test('a misspelt route, field of a test or event, and an operation without a route do not pass its types', () => {
  for (const [file, [right, wrong]] of Object.entries(MISTAKES)) {
    const text = readFileSync(join(copy.folder, file), 'utf8');
    expect([file, text.includes(right)]).toEqual([file, true]);
    writeFileSync(join(copy.folder, file), text.replaceAll(right, wrong));
  }
  const include = ['apps/enrolment/src', 'apps/visits/src'];
  writeFileSync(join(copy.folder, 'mistakes.json'), JSON.stringify({ extends: './tsconfig.tests.json', include }));
  const { stdout } = shell('npx tsc -p mistakes.json');
  const refused = new Set([...stdout.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file));
  expect(Object.keys(MISTAKES).filter((file) => !refused.has(file))).toEqual([]);
});

test('half-done work that does not compile, and packages that are not installed yet, stop nobody from stopping the stack', () => {
  writeFileSync(join(copy.folder, 'package-lock.json'), '{}');
  expect(run('GPECT_LOCAL="$PWD/.local" npm run --silent stop')).toBe('Rien ne tourne.\n');
});

function stepsOf(page: string): Step[] {
  const block = /(?:^`([^`\n]+)`(?:, (before|after) `([^`\n]+)`)?:?\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm;
  return [...page.matchAll(block)].flatMap(([, file, at, line, language, text = '']): Step[] => {
    if (language === 'sh') return [{ run: text }];
    if (!file) return [];
    return [{ file, text, ...(at && line ? { beside: { at: at as 'before' | 'after', line } } : {}) }];
  });
}

function write({ file, text, beside }: Exclude<Step, { run: string }>): string {
  const path = join(copy.folder, file);
  if (!beside) {
    expect([file, existsSync(path)]).toEqual([file, false]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return '';
  }
  const lines = readFileSync(path, 'utf8').split('\n');
  const place = lines.findIndex((line) => line.startsWith(beside.line));
  expect([file, beside.line, place >= 0]).toEqual([file, beside.line, true]);
  lines.splice(beside.at === 'before' ? place : place + 1, 0, ...text.split('\n').slice(0, -1));
  writeFileSync(path, lines.join('\n'));
  return '';
}

function run(commands: string): string {
  const { status, stdout } = shell(commands);
  if (status !== 0) throw new Error(`${commands}\n${stdout}`);
  return stdout;
}

function shell(commands: string) {
  return spawnSync('bash', ['-e', '-c', `(${commands}) 2>&1`], { cwd: copy.folder, encoding: 'utf8', maxBuffer: 1e8 });
}
