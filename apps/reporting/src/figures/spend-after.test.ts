import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { paid } from '../../test/payments.js';
import { saidOf } from '../../test/said.js';
import { figure } from './spend-after.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-10' });
const completion = event('enrolment.firm-completed', { completedOn: '2009-12-20' });

test.each([
  ['2009-12-31', false],
  ['2010-01-01', true],
  ['2010-12-31', true],
  ['2011-01-01', false],
])('what was paid on %s is of the 12 months after a completion of 2009-12-20: %s', (paidOn, isAfter) => {
  const facts = isAfter ? [['spendAfter', paidOn, 900]] : [];
  expect(saidOf(figure, [completion, agreement, paid([{ reference: 'A1', paidOn }])])).toEqual(facts);
});

test('a firm that did not complete is not compared', () => {
  expect(saidOf(figure, [paid([{ reference: 'A1', paidOn: '2010-06-01' }]), agreement])).toEqual([]);
});
