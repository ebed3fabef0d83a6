import { expect, test } from '@jest/globals';
import type { FirmDocument } from '../facts/documents.js';
import type { Session } from '../facts/firm-data.js';
import { marksOf } from './watch.js';

const enrolled: Omit<FirmDocument, '_id'> = { programme: 'p', siret: 'x', enrolledOn: '2008-05-05', budget: 20 };
const sessions: readonly Session[] = [
  { on: '2008-09-01', count: 1, halfDays: 8, participants: [] },
  { on: '2008-06-01', count: 1, halfDays: 8, participants: [] },
  { on: '2009-01-01', count: 0, halfDays: 0, participants: [] },
];

test.each([
  ['not enrolled', { enrolledOn: undefined }, [], {}],
  ['no session yet', {}, [], { idleSince: 20080505, budgetUse: 0 }],
  ['some sessions, one of them taken back', {}, sessions, { idleSince: 20080901, budgetUse: 0.8 }],
  ['suspended', { suspended: true }, sessions, {}],
  ['completed', { completedOn: '2009-06-05' }, sessions, {}],
  ['left', { abandoned: '' }, sessions, {}],
] as const)('%s', (_what, more, held, expected) => {
  expect(marksOf({ firm: { ...enrolled, ...more } as Omit<FirmDocument, '_id'>, sessions: held })).toEqual(expected);
});
