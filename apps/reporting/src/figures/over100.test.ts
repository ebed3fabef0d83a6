import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './over100.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-01' });
const detectedWith = (headcount: number) => event('enrolment.firm-detected', { headcount });

test.each([
  [100, [['over100', '2008-02-01', 1]]],
  [99, []],
])(
  'a firm of %i employees at its detection, where the target is 100, counts from its agreement on',
  (headcount, said) => {
    expect(saidOf(figure, [detectedWith(headcount), agreement])).toEqual(said);
  },
);

test('a firm whose headcount is not known is on neither side of the target', () => {
  expect(saidOf(figure, [agreement])).toEqual([]);
});

test('a firm that did not sign is not counted', () => {
  expect(saidOf(figure, [detectedWith(100)])).toEqual([]);
});
