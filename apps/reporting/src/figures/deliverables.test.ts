import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './deliverables.js';

test('a deliverable counts once under its number, as it was handed over last', () => {
  const handed = (handedOverOn: string) =>
    event('consulting.deliverable-handed-over', { deliverable: 'L1', stage: 'ACTION_PLAN', handedOverOn });
  expect(saidOf(figure, [handed('2008-09-01'), handed('2008-10-01')])).toEqual([
    ['deliverables', '2008-10-01', 1],
    ['deliverables:ACTION_PLAN', '2008-10-01', 1],
  ]);
});
