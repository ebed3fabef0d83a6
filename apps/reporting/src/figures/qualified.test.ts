import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './qualified.js';

const detection = event('enrolment.firm-detected', { detectedOn: '2008-01-05' });
const withoutDay = event('enrolment.firm-qualified', { qualifiedOn: undefined as never });

test('a firm is qualified on its day', () => {
  const qualified = event('enrolment.firm-qualified', { qualifiedOn: '2008-02-01' });
  expect(saidOf(figure, [detection, qualified])).toEqual([['qualified', '2008-02-01', 1]]);
});

test('a qualification without its day counts from the detection, whichever is told first', () => {
  expect(saidOf(figure, [withoutDay, detection])).toEqual([['qualified', '2008-01-05', 1]]);
});

test('where nothing bounds it, it counts from before any day', () => {
  expect(saidOf(figure, [withoutDay])).toEqual([['qualified', '0001-01-01', 1]]);
});
