import { expect, test } from '@jest/globals';
import type { Consultant } from '../register/consultant.js';
import { propose } from './propose.js';

const consultant = (code: string, more: Partial<Consultant> = {}): Consultant => ({
  programme: 'p',
  consultant: code,
  consultantsFirm: 'cabinet',
  name: code,
  themes: ['skills', 'management'],
  basins: ['artois'],
  capacityHalfDays: 60,
  registeredOn: '2008-01-12',
  charter: { charter: '2008-1', signedOn: '2008-01-15' },
  ...more,
});
const need = { basin: 'artois', themes: ['skills', 'management'], halfDays: 10 };
const idle = () => ({ assignments: 0, halfDaysAhead: 0 });

test('who covers more themes comes first, then who has more time; the reasons say so', () => {
  const { candidates, excluded } = propose(
    need,
    [consultant('busy'), consultant('half', { themes: ['skills'] }), consultant('free')],
    (code) => ({ assignments: 1, halfDaysAhead: code === 'busy' ? 45 : 0 }),
  );
  expect(excluded).toEqual([]);
  expect(candidates.map((c) => [c.consultant, c.score])).toEqual([
    ['free', 100],
    ['busy', 75],
    ['half', 67],
  ]);
  expect(candidates[2]?.reasons).toEqual([
    'works in artois',
    'covers 1 of 2 themes (skills)',
    '60 of 60 half-days free',
    'charter 2008-1 signed on 2008-01-15',
  ]);
});

test('who cannot take it is left out, with every reason', () => {
  const { charter: _charter, ...unsigned } = consultant('unsigned', { basins: ['lens'] });
  const { candidates, excluded } = propose(
    need,
    [unsigned, consultant('gone', { withdrawn: { withdrawnOn: '2010-01-01', reason: 'Départ' } }), consultant('full')],
    (code) => ({ ...idle(), halfDaysAhead: code === 'full' ? 70 : 0 }),
  );
  expect(candidates).toEqual([]);
  expect(excluded.map((e) => e.reasons)).toEqual([
    ['has not signed the charter', 'works in lens, not in artois'],
    ['withdrawn since 2010-01-01 (Départ)'],
    ['0 half-days free, 10 needed'],
  ]);
});

test('nobody in the register, nobody proposed', () => {
  expect(propose(need, [], idle)).toEqual({ candidates: [], excluded: [] });
});
