import { expect, test } from '@jest/globals';
import { once } from './path.js';

test.each([
  ['on its day', {}, '2008-02-01', '2008-01-05', [['m', '2008-02-01', 1]]],
  ['told without its day, on the earliest on which it can have been', {}, '', '2008-01-05', [['m', '2008-01-05', 1]]],
  ['told without its day where nothing bounds it, before any', {}, '', undefined, [['m', '0001-01-01', 1]]],
  ['that did not come', {}, undefined, '2008-01-05', []],
  ['of a case that was merged into another', { mergedInto: 'y' }, '2008-02-01', undefined, []],
] as const)('a step on the path of a firm, %s', (_what, firm, day, atLeast, facts) => {
  expect(once('m', firm, day, atLeast)).toEqual(facts);
});
