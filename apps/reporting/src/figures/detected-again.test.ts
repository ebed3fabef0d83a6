import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './detected-again.js';

const again = event('enrolment.firm-detected-again', { source: 'OPCA', detectedOn: '2008-03-20' });

test('who detects a firm after the first counts apart from it', () => {
  expect(saidOf(figure, [again, again])).toEqual([
    ['detectedAgain', '2008-03-20', 1],
    ['detectedAgain:OPCA', '2008-03-20', 1],
  ]);
});

test('a case that was merged into another says nothing', () => {
  const merged = event('enrolment.firm-case-merged', { into: '00001002500021' });
  expect(saidOf(figure, [again, merged])).toEqual([]);
});
