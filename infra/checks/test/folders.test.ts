import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { workspacesOf } from '../selection.mjs';

const ROOT = resolve('../..');
/** Built again as a whole (its figures, facts and cube): not parted before. */
const NOT_YET = ['apps/reporting'];

/** Folders of a workspace that import each other, by its sources: `a <-> b: the imports of the side that has fewer`. */
function pairsIn(sources: ReadonlyMap<string, string>): string[] {
  const imports = new Map<string, string[]>();
  for (const [file, text] of sources)
    for (const [, to = ''] of text.matchAll(/from '(\.{1,2}\/[^']+)'/g)) {
      const target = posix.join(dirname(file), to);
      const [from, into] = [folderOf(file), folderOf(target)];
      if (!from || !into || from === into) continue;
      const key = `${from} ${into}`;
      imports.set(key, [...(imports.get(key) ?? []), `${file} -> ${target}`]);
    }
  return [...imports].flatMap(([key, there]) => {
    const [from = '', into = ''] = key.split(' ');
    const back = imports.get(`${into} ${from}`);
    if (!back || from > into) return [];
    return [`${from} <-> ${into}: ${(there.length <= back.length ? there : back).join(', ')}`];
  });
}

const folderOf = (file: string): string | undefined => (file.includes('/') ? file.split('/')[0] : undefined);

function sourcesOf(workspace: string): Map<string, string> {
  const src = join(ROOT, workspace, 'src');
  const files = existsSync(src) ? readdirSync(src, { recursive: true }).map(String) : [];
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return new Map(sources.map((file) => [relative(src, join(src, file)), readFileSync(join(src, file), 'utf8')]));
}

const workspaces = workspacesOf(ROOT).map(({ folder }) => folder);

test.each(workspaces.filter((name) => !NOT_YET.includes(name)))('no two folders of %s import each other', (name) => {
  expect(pairsIn(sourcesOf(name))).toEqual([]);
});

test('two folders that import each other are named, with the imports to move', () => {
  const sources = new Map([
    ['firm/firm.ts', "import { a } from '../action/action.js';\nimport { b } from '../action/owners.js';"],
    ['action/owners.ts', "import { firm } from '../firm/firm.js';"],
    ['action/action.ts', "import { c } from '../shared/c.js';"],
    ['service.ts', "import { firm } from './firm/firm.js';"],
  ]);
  expect(pairsIn(sources)).toEqual(['action <-> firm: action/owners.ts -> firm/firm.js']);
});
