import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { scratchCopy } from './scratch-copy.js';

const PAGE = resolve('../../docs/adding.md');
const copy = scratchCopy();
afterAll(() => copy.remove());

/** A step of the page: a file to write, lines to put beside a line of one, or commands to run. */
type Step =
  | { readonly run: string }
  | { readonly file: string; readonly text: string; readonly beside?: { at: 'before' | 'after'; line: string } };

test('a newcomer who follows the page adds a command and its event: eight files at the most, and the tests pass', () => {
  const steps = stepsOf(readFileSync(PAGE, 'utf8'));
  const written = new Set(steps.flatMap((step) => ('file' in step ? [step.file] : [])));
  expect([written.size > 4, written.size <= 8]).toEqual([true, true]);
  const said = steps.map((step) => ('run' in step ? run(step.run) : write(step)));
  expect(said.at(-1)).toMatch(/\n[1-9]\d* passed, 0 failed\n$/);
  expect(said.at(-1)).toContain('is recorded once, and shown');
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
  const { status, stdout } = spawnSync('bash', ['-e', '-c', `(${commands}) 2>&1`], {
    cwd: copy.folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${commands}\n${stdout}`);
  return stdout;
}
