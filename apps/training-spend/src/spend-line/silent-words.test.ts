import { expect, test } from '@jest/globals';
import { SilentWords } from './silent-words.js';

test('words are known to say nothing once a line of them did, in their column and for amounts of their sign', () => {
  const silent = new SilentWords([1, 2]);
  const line = ['R1', 'Ateliers', ' Lille ', '12'];
  expect(silent.areAll(line, 100)).toBe(false);
  silent.learn(line, 100);
  expect(silent.areAll(['R2', 'Ateliers', 'Lille', '13'], 5)).toBe(true);
  expect(silent.areAll(['R2', 'Ateliers', ''], 5)).toBe(true);
  expect(silent.areAll(['R2', 'Lille', 'Ateliers'], 5)).toBe(false);
  expect(silent.areAll(['R2', 'Ateliers', 'Avoir'], 5)).toBe(false);
  expect(silent.areAll(line, -100)).toBe(false);
});

test('of many words of a column the first are remembered, and no long one', () => {
  const silent = new SilentWords([0]);
  for (let i = 0; i < 2000; i++) silent.learn([`note ${i}`], 1);
  silent.learn(['a'.repeat(61)], 1);
  expect([silent.areAll(['note 0'], 1), silent.areAll(['note 1500'], 1)]).toEqual([true, false]);
  expect(silent.areAll(['a'.repeat(61)], 1)).toBe(false);
});
