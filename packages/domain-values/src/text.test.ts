import { expect, test } from '@jest/globals';
import { isBlank, NAME, nameFault, textFault, unfitIn, VISIBLE } from './text.js';

test.each([
  ['Mécanique de l’Artois & Fils – 2 €', undefined],
  ['名前 😀 é עברית', undefined],
  ['two\nlines', undefined],
  ['a\u0000', 'character 2 is U+0000, a control character: leave it out'],
  ['😀\ud800', 'character 2 is U+D800, half of a surrogate pair: send the whole character'],
  ['\ufffe', 'character 1 is U+FFFE, which Unicode keeps for no character: leave it out'],
])('%j', (text, fault) => {
  expect(textFault(text)).toBe(fault);
});

test('a text of any length is told where its fault is', () => {
  for (const [one, times] of [
    ['a', 40_000_000],
    ['😀', 20_000_000],
  ] as const)
    expect(textFault(`${one.repeat(times)}\u0000`)).toMatch(new RegExp(`^character ${times + 1} is U\\+0000`));
});

test('a name has one line', () => {
  expect(textFault('two\nlines', 'one')).toBe('character 4 is U+000A, a control character: leave it out');
});

test('blanks of every kind are no name', () => {
  for (const blank of [
    '',
    ' ',
    '\u00a0\u2003',
    '\u200b\u2060\ufeff',
    '\n\t',
    '\u2800',
    '\u115f\u1160\u3164\uffa0',
    '\ufe0f',
  ])
    expect(isBlank(blank)).toBe(true);
  for (const text of ['a', ' é ', '😀', '\u200b!', '❤\ufe0f', '\u3042']) expect(isBlank(text)).toBe(false);
});

test('what is seen is what Unicode says: every character', () => {
  const unseen = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb]/u;
  const visible = new RegExp(VISIBLE, 'u');
  for (let point = 0; point <= 0x10ffff; point++) {
    const one = String.fromCodePoint(point);
    if (visible.test(one) === unseen.test(one)) expect(point.toString(16)).toBe(unseen.test(one) ? 'unseen' : 'seen');
  }
});

const NAMES = [
  'a',
  'É',
  ' CCI de l’Artois ',
  '名前',
  '👩\u200d🌾',
  'می\u200cخواهم',
  '❤\ufe0f',
  '\u2800a',
  'x'.repeat(200),
];
const NO_NAMES = [
  '',
  ' ',
  '\u2800',
  '\u180e',
  '\u061c',
  '\ufe0f',
  '\u{e0020}',
  'two\nlines',
  'a\tb',
  'a\r',
  'a\u2028b',
  '\u0085a',
];

test('a name is one line of which something is seen; the pattern and the rule say the same', () => {
  const pattern = new RegExp(NAME, 'u');
  for (const name of NAMES) expect([name, pattern.test(name), nameFault(name)]).toEqual([name, true, undefined]);
  for (const none of NO_NAMES)
    expect([none, pattern.test(none), typeof nameFault(none)]).toEqual([none, false, 'string']);
  expect(nameFault('x'.repeat(201))).toBe('has 201 characters, more than 200: shorten it');
});

test('what no text holds is found by the first look at it: every character', () => {
  const unfit = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u;
  for (let point = 0; point <= 0x10ffff; point++) {
    const one = String.fromCodePoint(point);
    const expected = unfit.test(one) && !/[\t\n\r]/.test(one);
    if ((unfitIn(`a${one}`)?.at === 2) !== expected) expect(point.toString(16)).toBe(expected ? 'unfit' : 'fit');
  }
});

test('no text takes the pattern long', () => {
  const pattern = new RegExp(NAME, 'u');
  for (const text of [' '.repeat(1e6), `${'a'.repeat(1e6)}\n`, `${' a'.repeat(5e5)}\n`, `${'\u2800'.repeat(1e6)}\n`]) {
    const begun = performance.now();
    expect(pattern.test(text)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  }
});
