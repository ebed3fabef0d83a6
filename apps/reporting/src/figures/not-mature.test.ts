import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './not-mature.js';

const detection = event('enrolment.firm-detected', { detectedOn: '2008-01-05' });

test('a firm is not mature from the day on which that was found', () => {
  const found = event('enrolment.firm-found-not-mature', { qualifiedOn: '2008-02-01' });
  expect(saidOf(figure, [detection, found])).toEqual([['notMature', '2008-02-01', 1]]);
});

test('what was found without its day counts from the detection', () => {
  const found = event('enrolment.firm-found-not-mature', { qualifiedOn: undefined as never });
  expect(saidOf(figure, [found, detection])).toEqual([['notMature', '2008-01-05', 1]]);
});
