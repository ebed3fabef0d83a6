import { expect, test } from '@jest/globals';
import { fileIdOf, isIn, ofFunder, originIn } from './file-id.js';

const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const file = fileIdOf('npdc-2007-2013', 'opca-a', HASH);

test('lines name a file by the first digits of its hash, and know it again by them', () => {
  expect(originIn(file, 7)).toEqual({ file: 'e3b0c44298fc1c14', line: 7 });
  expect(isIn(file, originIn(file, 8))).toBe(true);
  expect(isIn(file, originIn(fileIdOf('npdc-2007-2013', 'opca-a', `f${HASH.slice(1)}`), 7))).toBe(false);
  expect(isIn(file, undefined)).toBe(false);
});

test('files and lines of a funder in a programme begin alike', () => {
  expect(ofFunder(file)).toBe('npdc-2007-2013/opca-a/');
});
