import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './detected.js';

const detection = event('enrolment.firm-detected', { detectedOn: '2008-01-05' });

test('a firm is detected on its day, once however often it is told', () => {
  expect(saidOf(figure, [detection, detection])).toEqual([['detected', '2008-01-05', 1]]);
});

test('a firm that nobody detected yet is not counted, whatever else is known of it', () => {
  expect(saidOf(figure, [event('enrolment.firm-qualified')])).toEqual([]);
});

test('a case that was merged into another counts nowhere: the other does', () => {
  expect(saidOf(figure, [detection, event('enrolment.firm-case-merged')])).toEqual([]);
});
