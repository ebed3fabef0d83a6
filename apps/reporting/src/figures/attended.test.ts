import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './attended.js';

const outcome = (attendance: 'PRESENT' | 'ABSENT', sequence: number) =>
  event('workshops.attendance-recorded', { workshop: 'W1', heldOn: '2008-07-03', attendance }, sequence);
const attended = (said: ReturnType<typeof saidOf>) => said.reduce((sum, [, , amount]) => sum + amount, 0);

test.each([
  ['came', [outcome('PRESENT', 1)], 1],
  ['did not come', [outcome('ABSENT', 1)], 0],
  ['is said at last to have come', [outcome('PRESENT', 2), outcome('ABSENT', 1)], 1],
] as const)('of a firm that %s', (_what, events, count) => {
  expect(attended(saidOf(figure, events))).toBe(count);
});
