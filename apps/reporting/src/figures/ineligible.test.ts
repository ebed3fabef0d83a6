import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './ineligible.js';

const detection = event('enrolment.firm-detected', { detectedOn: '2008-01-05' });

test('a firm is not eligible from the day on which that was found', () => {
  const found = event('enrolment.firm-found-ineligible', { qualifiedOn: '2008-02-01' });
  expect(saidOf(figure, [detection, found])).toEqual([['ineligible', '2008-02-01', 1]]);
});

test('what was found without its day counts from the detection', () => {
  const found = event('enrolment.firm-found-ineligible', { qualifiedOn: undefined as never });
  expect(saidOf(figure, [found, detection])).toEqual([['ineligible', '2008-01-05', 1]]);
});
