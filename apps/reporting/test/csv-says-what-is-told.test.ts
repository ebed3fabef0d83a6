import { expect, test } from '@jest/globals';
import type { Bilan } from '../src/bilan/shape.js';
import { bilanDocument } from '../src/exports/documents.js';
import { madeBilan, NAMES } from './bilan.js';

/**
 * The attack reads answers. A bilan's CSV is made of the same answer: it has no number that stands not in it, so that nothing can be
 * asked of the file that cannot be asked of the answer.
 */
const NUMBER = /^-?\d+(?:,\d+)?$/;

/** Each number of an answer is another one, so that what is made of two of them is none of them. */
function distinct(bilan: Bilan): Bilan {
  let next = 10_007;
  const of = (value: unknown): unknown => {
    if (typeof value === 'number' && value !== 0) {
      next += 97;
      return Number.isInteger(value) ? next : next / 1e6;
    }
    if (Array.isArray(value)) return value.map(of);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, of(child)]));
  };
  return of(bilan) as Bilan;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  // Offsets are texts.
  if (typeof value === 'string' && NUMBER.test(value)) return [Number(value)];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersIn);
}

/** As a cell writes a number: as it is, in euros, in percents or points, in days. */
const written = (number: number): string[] => {
  const fixed = (x: number, digits: number) =>
    new Intl.NumberFormat('en', { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(x)
      .replace('.', ',');
  return [
    String(number),
    String(Math.round(number)),
    fixed(number, 1),
    fixed(number / 100, 2),
    fixed(number * 100, 1),
    String(Math.round(number * 100)),
  ];
};

test.each(['none', 'applied'] as const)(
  'a bilan (secrecy: %s) as CSV has no number that is not in the answer',
  async (secrecy) => {
    const bilan = distinct(madeBilan(secrecy));
    const csv = (await bilanDocument('csv', bilan, NAMES, 'fr', new Date('2014-01-15'))).toString('utf8');
    const told = new Set(numbersIn(bilan).flatMap(written));
    const cells = csv.split(/\r\n/).flatMap((line) => line.split(';'));
    const numbers = cells.filter((cell) => NUMBER.test(cell));
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.filter((number) => !told.has(number))).toEqual([]);
  },
);

test('what is masked in the answer is masked in the file, and in no cell of it is the number', async () => {
  const [open, masked] = await Promise.all(
    (['none', 'applied'] as const).map(async (secrecy) =>
      (await bilanDocument('csv', madeBilan(secrecy), NAMES, 'fr', new Date('2014-01-15'))).toString('utf8'),
    ),
  );
  const marks = (csv = '') => csv.split(/[;\r\n]+/).filter((cell) => cell === 's').length;
  expect(marks(open)).toBe(0);
  expect(marks(masked)).toBeGreaterThan(5);
});
