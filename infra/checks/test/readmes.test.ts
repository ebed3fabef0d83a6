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

test('the README of the kit names every folder of it', () => {
  const text = readFileSync(join(ROOT, 'packages/service-kit/README.md'), 'utf8');
  const folders = readdirSync(join(ROOT, 'packages/service-kit/src'), { withFileTypes: true });
  expect(folders.filter((f) => f.isDirectory() && !text.includes(`\`${f.name}/\``)).map((f) => f.name)).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', '.dev'].includes(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
