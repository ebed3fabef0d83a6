import { expect, test } from '@jest/globals';
import { centsOfNumber, formatEuros, readCents } from './cents.js';

test.each([
  ['1\u00a0538,07 €', ',', 153807],
  ['1\u202f538,07\u00a0€', ',', 153807],
  ['2472,80', ',', 247280],
  ['280.60', '.', 28060],
  ['280.6', '.', 28060],
  ['90071992547', ',', 9007199254700],
  ['0,29', ',', 29],
  ['-12,50', ',', -1250],
  ['1 234,56 €', ',', 123456],
  ['1.234,56', ',', 123456],
  ['1.234.567', ',', 123456700],
  ["1'234.50", '.', 123450],
  ['(1 234,56)', ',', -123456],
  ['(1 234,56 €)', ',', -123456],
  ['€ 1,234.56', '.', 123456],
  ['\u2212 12,5', ',', -1250],
  ['-1234.56', '.', -123456],
  ['1234,5', ',', 123450],
  ['1234,500', ',', 123450],
  ['0,00', ',', 0],
  ['-0,00', ',', 0],
  ['12 EUR', ',', 1200],
  ['1234,50 eur.', ',', 123450],
  [',50', ',', 50],
  ['-,5', ',', -50],
  ['1 234 ,50', ',', 123450],
  ['1.234,56', 'auto', 123456],
  ['1,234.56', 'auto', 123456],
  ['1234,5', 'auto', 123450],
  ['123,45-', ',', -12345],
  ['123,45 €-', ',', -12345],
  ['1\u2019234,56', ',', 123456],
  ['1\u2009234,56 EUR', ',', 123456],
] as const)('reads %s with decimal mark %s', (typed, mark, cents) => {
  expect(readCents(typed, mark)).toEqual({ ok: true, value: cents });
});

test.each([
  ['n/c', ','],
  ['', ','],
  ['12 34,50', ','],
  ['1 2345,50', ','],
  ['1.23,4', ','],
  ['12,', ','],
  [',', ','],
  ['.50', ','],
  ['--12', ','],
  ['(-12)', ','],
  ['12 $', ','],
  ['1234567890123', ','],
  ['1,2,3', 'auto'],
  ['0.125', 'auto'],
  ['1234,567', ','],
  ['0,005', ','],
  ['-12-', ','],
  ['(12)-', ','],
  ['12 k€', ','],
  ['50%', ','],
  ['1e3', '.'],
] as const)('refuses %p with decimal mark %s', (typed, mark) => {
  expect(readCents(typed, mark)).toEqual({ ok: false, fault: 'amount_unreadable' });
});

test.each([
  ['1,538', '.'],
  ['1.538', ','],
  ['1,538', 'auto'],
  ['1.538', 'auto'],
  ['1,500', ','],
  ['12,000', ','],
  ['1.500', '.'],
  ['12,345', ','],
] as const)('%p with decimal mark %s could be euros or thousands of them: refused', (typed, mark) => {
  expect(readCents(typed, mark)).toEqual({ ok: false, fault: 'amount_ambiguous' });
});

test('writes euros for French readers', () => {
  expect(formatEuros(2160415207)).toBe('21\u202f604\u202f152,07\u00a0€');
  expect(formatEuros(-5)).toBe('-0,05\u00a0€');
});

test('what stands before three digits is read where the number of decimals is declared', () => {
  expect(readCents('12,340', ',', { decimals: 3 })).toEqual({ ok: true, value: 1234 });
  expect(readCents('12,345', ',', { decimals: 3 }).ok).toBe(false);
  expect(readCents('12.340', ',', { decimals: 3 }).ok).toBe(false);
  expect(readCents('12.340', ',', { decimals: 2 })).toEqual({ ok: true, value: 1_234_000 });
  expect(readCents('12,340', ',', { decimals: 2 }).ok).toBe(false);
  expect(readCents('12,340', 'auto', { decimals: 2 }).ok).toBe(false);
});
test('thousands of euros are read by moving the mark, digit by digit', () => {
  const read = (text: string) => readCents(text, ',', { thousands: true });
  expect([read('1,5'), read('0,12345'), read('-2 k€'), read('0,123456').ok]).toEqual([
    { ok: true, value: 150_000 },
    { ok: true, value: 12_345 },
    { ok: true, value: -200_000 },
    false,
  ]);
});
test.each([
  ['333.333333333333', 2, { cents: 33333, rounded: true }],
  ['2.345', 2, { cents: 235, rounded: true }],
  ['-0.995', 2, { cents: -100, rounded: true }],
  ['2472.8', undefined, { cents: 247280 }],
  ['333.333', undefined, undefined],
  ['333.333', 0, undefined],
] as const)('the number %s of a cell that shows %s decimals', (number, shownDecimals, expected) => {
  const read = centsOfNumber(number, { shownDecimals });
  expect(read.ok ? read.value : undefined).toEqual(expected);
});
test('an amount means the same whether it is written plainly, which is read at once, or with a sign that changes nothing', () => {
  const figures = ['', '0', '7', '12', '012', '123', '1234', '999999999999', '1234567890123'];
  const behind = ['', ',', '.', ',5', '.5', ',50', '.05', ',500', '.5000', ',5,5', '.123,45'];
  const plain = figures.flatMap((whole) => behind.map((rest) => whole + rest)).filter((text) => text !== '');
  for (const decimal of [',', '.', 'auto'] as const)
    for (const decimals of [undefined, 2, 3] as const)
      for (const text of plain)
        expect([text, decimal, readCents(text, decimal, { decimals })]).toEqual([
          text,
          decimal,
          readCents(`+${text}`, decimal, { decimals }),
        ]);
});
