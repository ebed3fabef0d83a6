import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { pairsIn, sourcesOf } from '../folder-pairs.mjs';
import { workspacesOf } from '../selection.mjs';

const ROOT = resolve('../..');
const workspaces = workspacesOf(ROOT).map(({ folder }) => folder);

test.each(workspaces)('no two folders of %s import each other', (name) => {
  expect(pairsIn(sourcesOf(join(ROOT, name)))).toEqual([]);
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
