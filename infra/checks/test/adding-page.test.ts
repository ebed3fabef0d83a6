import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = resolve('../..');
const page = readFileSync(join(ROOT, 'docs/adding.md'), 'utf8');
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
);

/** What the sentences of a page name and the repository has not: files, commands, names of the code. Its steps are run elsewhere. */
function unknownNames(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/^`[^`\n]+`(, (before|after) `[^`\n]+`)?:?$/gm, '');
  const named = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  return [...new Set(named)].filter((name) => {
    const [, script] = /^npm run ([\w-]+)/.exec(name) ?? [];
    if (script) return !scripts.includes(script) && !/ -w /.test(name);
    if (/^(apps|packages|infra|docs|src)\/[\w./-]+$/.test(name)) return !isThere(name, text);
    return /^[A-Za-z][\w-]*$/.test(name) && !text.includes(`"${name}"`) && !isSaid(name);
  });
}

/** A file that is there, or that a step of the page makes. */
const isThere = (file: string, text: string) => existsSync(join(ROOT, file)) || text.includes(`\`${file}\`:\n`);

function isSaid(name: string): boolean {
  const where = ['apps', 'packages', 'infra'].flatMap((group) => [
    `${group}/*.ts`,
    `${group}/*.mjs`,
    `${group}/*.json`,
  ]);
  try {
    execFileSync('git', ['grep', '-qwF', name, '--', ...where, ':!infra/checks/test/adding-page.test.ts'], {
      cwd: ROOT,
    });
    return true;
  } catch {
    return false;
  }
}

test('every file, command and name that docs/adding.md speaks of is there', () => {
  expect(unknownNames(page)).toEqual([]);
});

test('a file that has moved, a command and a type that have another name are named', () => {
  const text = 'In `apps/enrolment/src/case.ts`, `npm run reader`, a `LineOfCells`; `LineCells`, `npm run readers`.';
  expect(unknownNames(text)).toEqual(['apps/enrolment/src/case.ts', 'npm run reader', 'LineOfCells']);
});
