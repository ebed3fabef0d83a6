import { expect, test } from '@jest/globals';
import { returnTo } from './return-to.js';

test.each([
  ['/dispositif?programme=npdc-2007-2013#bassins', '/dispositif?programme=npdc-2007-2013#bassins'],
  ['/', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['/\t/elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
])('%j leads to %s', (asked, to) => {
  expect(returnTo(asked, 'https://pages.example')).toBe(to);
});
