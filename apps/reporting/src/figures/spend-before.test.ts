import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { paid } from '../../test/payments.js';
import { saidOf } from '../../test/said.js';
import { figure } from './spend-before.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-10' });
const completion = event('enrolment.firm-completed', { completedOn: '2009-12-20' });

test.each([
  ['2007-01-31', false],
  ['2007-02-01', true],
  ['2008-01-31', true],
  ['2008-02-01', false],
])('what was paid on %s is of the 12 months before an agreement of 2008-02-10: %s', (paidOn, isBefore) => {
  const facts = isBefore ? [['spendBefore', '2009-12-20', 900]] : [];
  expect(saidOf(figure, [paid([{ reference: 'A1', paidOn }]), agreement, completion])).toEqual(facts);
});

test('a firm that did not complete is not compared', () => {
  expect(saidOf(figure, [paid([{ reference: 'A1', paidOn: '2007-06-01' }]), agreement])).toEqual([]);
});
