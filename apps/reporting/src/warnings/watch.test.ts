import { expect, test } from '@jest/globals';
import type { FirmDocument } from '../read-model/documents.js';
import { watchOf } from './watch.js';

const enrolled: Omit<FirmDocument, '_id'> = { programme: 'p', siret: 'x', enrolledOn: '2008-05-05', budget: 20 };
const sessions = {
  '2008-09-01': { sessions: 1, halfDays: 8 },
  '2008-06-01': { sessions: 1, halfDays: 8 },
  '2009-01-01': { sessions: 0, halfDays: 0 },
};

test.each([
  ['not enrolled', { enrolledOn: undefined }, {}],
  ['no session yet', {}, { idleSince: '2008-05-05', budgetUse: 0 }],
  ['some sessions, one of them taken back', { sessions }, { idleSince: '2008-09-01', budgetUse: 0.8 }],
  ['suspended', { sessions, suspended: true }, {}],
  ['completed', { sessions, completedOn: '2009-06-05' }, {}],
  ['left', { sessions, abandoned: '' }, {}],
])('%s', (_what, more, expected) => {
  expect(watchOf({ ...enrolled, ...more } as Omit<FirmDocument, '_id'>)).toEqual(expected);
});
