import { expect, test } from '@jest/globals';
import { event, SIRET } from '../../test/events.js';
import { corrected, paid, takenBack } from '../../test/payments.js';
import { saidOf } from '../../test/said.js';
import { figure } from './spend.js';

const OTHER = '00001003300025';
const line = { reference: 'A1', paidOn: '2008-03-01', amountCents: 500 };
const said = (cents: number, day = '2008-03-01', scheme = 'PLAN', funder = 'opca-a') => [
  ['spend:lines', day, 1],
  ['spend', day, cents],
  [`spend:funder:${funder}`, day, cents],
  [`spend:scheme:${scheme}`, day, cents],
];

test('a payment counts on its day, in all, of its funder and of its scheme; once however often it is sent', () => {
  expect(saidOf(figure, [paid([line]), paid([line])])).toEqual(said(500));
});

test('payments of the same reference by two funders are two', () => {
  const facts = saidOf(figure, [paid([line]), paid([line], 'opca-b')]);
  expect(facts.filter(([measure]) => measure === 'spend')).toHaveLength(2);
});

test('a payment of the events of before, one a line, counts like one of a file', () => {
  const recorded = event('training-spend.spend-recorded', {
    funder: 'opca-a',
    reference: 'A1',
    paidOn: '2008-03-01',
    scheme: 'PLAN',
    amountCents: 500,
  });
  expect(saidOf(figure, [recorded])).toEqual(said(500));
  expect(saidOf(figure, [recorded, event('training-spend.spend-cancelled', { reference: 'A1' }, 2)])).toEqual([]);
});

test('a correction takes the place of what was said, whichever is read first', () => {
  const later = corrected([{ ...line, revision: 2, amountCents: 700, paidOn: '2008-04-01', scheme: 'CPF' }]);
  expect(saidOf(figure, [paid([line]), later])).toEqual(said(700, '2008-04-01', 'CPF'));
  expect(saidOf(figure, [later, paid([line])])).toEqual(said(700, '2008-04-01', 'CPF'));
});

test('a line that was taken back leaves nothing, and counts again when it is sent again', () => {
  const back = takenBack([{ ...line, revision: 2 }]);
  expect(saidOf(figure, [paid([line]), back])).toEqual([]);
  expect(saidOf(figure, [paid([line]), back, paid([{ ...line, revision: 3 }])])).toEqual(said(500));
});

test('a line that goes to another firm leaves the one that had it, and may come back', () => {
  const away = corrected([{ ...line, revision: 2, siret: OTHER }]);
  expect(saidOf(figure, [paid([line]), away])).toEqual([]);
  const home = corrected([{ ...line, revision: 3, siret: SIRET }], OTHER);
  expect(saidOf(figure, [paid([line]), away, home])).toEqual(said(500));
});
