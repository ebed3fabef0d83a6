import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './persons.js';

test('who came counts for whom the workshop was meant, and who did not come does not', () => {
  const came = (person: string, attendance: 'PRESENT' | 'ABSENT') =>
    event('workshops.person-attendance-recorded', {
      workshop: 'W1',
      person,
      audience: 'MANAGERS',
      heldOn: '2008-07-03',
      attendance,
    });
  expect(saidByRecords(figure, 'persons', [came('1', 'PRESENT'), came('2', 'ABSENT')])).toEqual([
    ['persons', '2008-07-03', 1],
    ['persons:MANAGERS', '2008-07-03', 1],
  ]);
});
