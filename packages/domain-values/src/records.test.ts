import { expect, test } from '@jest/globals';
import { dictionary, own } from './records.js';

const NAMES = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  '$where',
  'a.b',
  '',
  ' ',
  'x'.repeat(200),
];

test.each(NAMES)('a thing named %j is nothing until it is put, and then what was put, also through JSON', (name) => {
  const record = dictionary<number>();
  expect([record[name], own(record, name), own({}, name)]).toEqual([undefined, undefined, undefined]);
  record[name] = 7;
  expect(own(record, name)).toBe(7);
  expect(own(JSON.parse(JSON.stringify(record)) as Record<string, number>, name)).toBe(7);
  expect(own(dictionary(Object.fromEntries([[name, 7]])), name)).toBe(7);
  expect(({} as Record<string, unknown>)['7']).toBeUndefined();
});
