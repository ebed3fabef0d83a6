import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = resolve('../..');
const MOST_LINES = 45;
const workspaces = ['apps', 'packages', 'infra'].flatMap((kind) =>
  readdirSync(join(ROOT, kind)).map((name) => `${kind}/${name}`),
);

test.each(workspaces)('%s says in a README of one screen what it is, and names only what there is', (folder) => {
  const file = join(ROOT, folder, 'README.md');
  expect(existsSync(file)).toBe(true);
  const text = readFileSync(file, 'utf8');
  expect(text.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
  const links = [...text.matchAll(/\]\((\.[^)#]*)/g)].map(([, to = '']) => to);
  expect(links.filter((to) => !existsSync(join(dirname(file), to)))).toEqual([]);
  const files = [...text.matchAll(/`(\w[\w./-]*\.(?:ts|mjs|cjs|sh|json|yaml))`/g)].map(([, name = '']) => name);
  const there = filesBelow(join(ROOT, folder));
  expect(
    files.filter((name) => !existsSync(join(ROOT, name)) && !there.some((path) => path.endsWith(`/${name}`))),
  ).toEqual([]);
});

test('every command of the repository is in its README', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const isSaid = (name: string) => new RegExp(`npm (run )?(-s )?${name}\\b`).test(text);
  expect(Object.keys(scripts).filter((name) => !isSaid(name))).toEqual([]);
  expect(isSaid('no-such-command')).toBe(false);
});

test('the README of the kit names every folder of it', () => {
  const text = readFileSync(join(ROOT, 'packages/service-kit/README.md'), 'utf8');
  const folders = readdirSync(join(ROOT, 'packages/service-kit/src'), { withFileTypes: true });
  expect(folders.filter((f) => f.isDirectory() && !text.includes(`\`${f.name}/\``)).map((f) => f.name)).toEqual([]);
});

/** What every service that partners send something to reads of them, by the packages. */
const OF_PARTNERS = ['partner-declared', 'partner-withdrawn'];

/** Events that a service reads and its README leaves out, or names and it does not read: `workshops: firm-abandoned`. */
function eventsSaidWrong(service: string, line: string, read: readonly string[]): string[] {
  const [own = ''] = line.split('; ');
  if (/every event/.test(own)) return [];
  const named = [...own.matchAll(/\b[a-z]+(?:-[a-z]+)+\b/g)].map(([name]) => name);
  const wrong = [...read.filter((name) => !named.includes(name)), ...named.filter((name) => !read.includes(name))];
  return wrong.filter((name) => !OF_PARTNERS.includes(name)).map((name) => `${service}: ${name}`);
}

test('the events that a service reads are those that its README names', () => {
  const readers = JSON.parse(readFileSync(join(ROOT, 'packages/contracts/generated/readers.json'), 'utf8')) as Readonly<
    Record<string, readonly string[]>
  >;
  const readBy = (service: string) =>
    Object.entries(readers).flatMap(([type, by]) => (by.includes(service) ? [type.split('.').at(-2) ?? ''] : []));
  const wrong = readdirSync(join(ROOT, 'apps')).flatMap((service) => {
    const text = readFileSync(join(ROOT, 'apps', service, 'README.md'), 'utf8');
    const [, line] = /^- \*\*Events in\*\*: (.*)$/m.exec(text) ?? [];
    return line === undefined
      ? [`${service}: no line of "Events in"`]
      : eventsSaidWrong(service, line, readBy(service));
  });
  expect(wrong).toEqual([]);
});

test('an event that a README leaves out, or that nobody reads any more, is named', () => {
  const line = 'firm-enrolled (invited), firm-moved (nobody reads it); spend-file-sent from partners';
  expect(eventsSaidWrong('x', line, ['firm-enrolled', 'firm-abandoned'])).toEqual([
    'x: firm-abandoned',
    'x: firm-moved',
  ]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', '.dev'].includes(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
