import { expect, test } from '@jest/globals';
import { isBlank, textFault } from './text.js';

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

test('a name has one line', () => {
  expect(textFault('two\nlines', 'one')).toBe('character 4 is U+000A, a control character: leave it out');
});

test('blanks of every kind are no name', () => {
  for (const blank of ['', ' ', '\u00a0\u2003', '\u200b\u2060\ufeff', '\n\t']) expect(isBlank(blank)).toBe(true);
  for (const text of ['a', ' é ', '😀', '\u200b!']) expect(isBlank(text)).toBe(false);
});
