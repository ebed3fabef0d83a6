import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { paid } from '../../test/payments.js';
import { saidOf } from '../../test/said.js';
import { figure } from './spend-enrolled.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-10' });

test.each([
  ['2007-06-01', '2008-02-10'],
  ['2008-02-10', '2008-02-10'],
  ['2008-03-01', '2008-03-01'],
])('what an enrolled firm was paid on %s counts on %s: not before the agreement', (paidOn, day) => {
  expect(saidOf(figure, [paid([{ reference: 'A1', paidOn }]), agreement])).toEqual([['spendEnrolled', day, 900]]);
});

test('the spend of a firm that did not sign is not counted', () => {
  expect(saidOf(figure, [paid([{ reference: 'A1', paidOn: '2008-03-01' }])])).toEqual([]);
});
