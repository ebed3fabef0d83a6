import { stumbles } from '@gpect/test-kit/strict-reader';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readable } from './readable.js';

test('what no reader of another kind takes is told visibly, in names too; all else as it was', () => {
  const said = { name: 'a\ud800b', '\u0000': ['\udc00', { deep: '\ufffe\f' }], right: 'é😀\n"' };
  expect(JSON.parse(readable(JSON.stringify(said)))).toEqual({
    name: 'a\\ud800b',
    '\\u0000': ['\\udc00', { deep: '\\ufffe\\u000c' }],
    right: 'é😀\n"',
  });
  const right = '{"n":1.0,"t":"\\u00e9 \\ud83d\\ude00 \\\\ud800"}';
  expect(JSON.parse(readable(right))).toEqual(JSON.parse(right));
});

test('whatever an event of before holds, a strict reader takes it', () => {
  const events: { read: string }[] = [];
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.string({ unit: 'binary' }), (value, name) => {
      events.push({ read: readable(JSON.stringify({ data: value, [name]: `${name}\ud800` })) });
    }),
  );
  // Numbers are as they were.
  expect(stumbles(events).filter((text) => !text.includes('a number that loses digits'))).toEqual([]);
});
