import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pointerTo, stepsOf, tellable } from './json-pointer.js';
import { readJson, readUtf8 } from './json-text.js';

const faultOf = (text: string) => {
  const read = readJson(text);
  return read.ok ? 'taken' : [read.fault.kind, read.fault.pointer];
};

test.each<[string, string, string, string]>([
  ['a name twice', '{"a":{"b":1,"c":[{"x":1},{"y":1,"y":1}]}}', 'unfit', '/a/c/1/y'],
  ['a name twice, once written with an escape', String.raw`{"siret":1,"\u0073iret":2}`, 'unfit', '/siret'],
  ['a name twice that needs escapes in a pointer', '{"a/b~":1,"a/b~":2}', 'unfit', '/a~1b~0'],
  ['half a surrogate pair', String.raw`[1,{"n":"x\ud800y"}]`, 'unfit', '/1/n'],
  ['the second half first', String.raw`["\udc00\ud800"]`, 'unfit', '/0'],
  ['U+0000', String.raw`{"n":"a\u0000"}`, 'unfit', '/n'],
  ['a form feed', String.raw`{"n":"a\f"}`, 'unfit', '/n'],
  ['U+0085', '{"n":"a\u0085"}', 'unfit', '/n'],
  ['U+FFFE', '{"n":"\ufffe"}', 'unfit', '/n'],
  ['U+1FFFF', String.raw`{"n":"\ud83f\udfff"}`, 'unfit', '/n'],
  ['what was lost before', '{"n":"caf\ufffd"}', 'unfit', '/n'],
  ['a control character in a name', String.raw`{"a\u0001":1}`, 'unfit', '/a\u0001'],
  ['a number that loses digits', '{"a":[9007199254740993]}', 'unfit', '/a/0'],
  ['a number beyond all', '{"a":1e400}', 'unfit', '/a'],
  ['a number that becomes nothing', '{"a":-1e-400}', 'unfit', '/a'],
  ['what is nested beyond reason', '['.repeat(100_000) + ']'.repeat(100_000), 'unfit', '/0'.repeat(64)],
  ['no JSON', '{"a":', 'not-json', ''],
  ['nothing', '', 'not-json', ''],
])('%s is refused where it stands', (_what, text, kind, pointer) => {
  expect(faultOf(text)).toEqual([kind, pointer]);
});

test.each([
  '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
  String.raw`{"n":"a \"quoted\\\" \u00e9 😀 \ud83d\ude00\nline\ttab"}`,
  '{"__proto__":1,"constructor":2}',
  '[0.1,1e3,-0,123456789012345,"12345678901234567890",0.30000000000000004]',
  ' { "a" : "x:y,{" , "b" : [ ] } ',
  '3',
  '"text"',
])('%s is taken', (text) => {
  expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
});

test('whatever is written and keeps the rules is read as it was written', () => {
  const key = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.jsonValue(), key, key, (value, a, b) => {
      for (const said of [value, { [a]: value, [b]: [value] }]) {
        const text = JSON.stringify(said);
        const read = readJson(text);
        if (read.ok) expect(JSON.stringify(read.value)).toBe(text);
        else expect(read.fault).toMatchObject({ kind: 'unfit', detail: expect.any(String) });
      }
    }),
  );
});

test('every pair of names, the same twice or not, is seen', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.jsonValue(), (a, b, value) => {
      const [first, second, inner] = [JSON.stringify(a), JSON.stringify(b), JSON.stringify(value)];
      const read = readJson(`{${first}:${inner},${second}:${inner}}`);
      if (a === b) expect(read).toMatchObject({ ok: false });
    }),
  );
});

test('bytes that are no UTF-8 are refused, with the place', () => {
  expect(readUtf8(Buffer.from('{"n":"café"}', 'latin1'))).toMatchObject({
    ok: false,
    fault: { kind: 'not-utf-8', detail: expect.stringContaining('byte 11 ') },
  });
  expect(readUtf8(Buffer.from([0xed, 0xa0, 0x80]))).toMatchObject({ ok: false });
  expect(readUtf8(Buffer.from('\ufeff{"n":"café"}'))).toEqual({ ok: true, value: '{"n":"café"}' });
});

test('what begins with a mark of its byte order is read all the same', () => {
  expect(readJson('\ufeff{"n":1}')).toEqual({ ok: true, value: { n: 1 } });
});

test('a pointer is told up to the step that cannot be said', () => {
  expect(tellable('/a/b~1c', 100)).toBe('/a/b~1c');
  expect(tellable(`/a/${'x'.repeat(100)}/b`, 100)).toBe('/a');
  expect(tellable('/a/\u0000/b', 100)).toBe('/a');
  expect(tellable('/\ud800', 100)).toBe('');
});

test('a pointer holds any name', () => {
  fc.assert(fc.property(fc.array(fc.string()), (steps) => expect(stepsOf(pointerTo(...steps))).toEqual(steps)));
});
