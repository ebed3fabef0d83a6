import { expect, test } from '@jest/globals';
import { type ToldNumber, toldOf } from '../secrecy/told.js';
import { cutsOf, originsOf } from './cuts.js';

const cell = (at: Record<string, string>, numbers: Record<string, ToldNumber>) =>
  toldOf(at, new Map(Object.entries(numbers)));

test('by theme, the figures that know one are told, masked, some or none; by another dimension, all plain counts', () => {
  const { theme, origin } = cutsOf({
    theme: [
      cell({ theme: '' }, { detected: [677, 677], sessions: [3, 3] }),
      cell({ theme: 'career_paths' }, { sessions: [9, 5], issues: null }),
    ],
    origin: [cell({ origin: 'OPCA' }, { detected: [10, 10] })],
  });
  expect(theme?.['']).toMatchObject({ sessions: 3, issues: 0, planItems: 0 });
  expect(theme?.['career_paths']).toMatchObject({ sessions: 9, issues: null, planItems: 0, workshops: 0 });
  expect(Object.keys(theme?.[''] ?? {})).not.toContain('detected');
  expect(origin?.['OPCA']).toMatchObject({ detected: 10, enrolled: 0, sessions: 0 });
});

test('of an origin, what share signed; of numbers that are masked, none', () => {
  const origins = originsOf({
    origin: [
      cell({ origin: '' }, { workshops: [72, 0] }),
      cell({ origin: 'OPCA' }, { detected: [30, 30], qualified: [25, 25], enrolled: [20, 20], accompanied: [19, 19] }),
      cell({ origin: 'PORTEUR' }, { detected: [30, 30], enrolled: null }),
      cell({ origin: 'BRANCHE' }, {}),
    ],
  });
  expect(origins.map(({ origin, enrolledShare }) => [origin, enrolledShare])).toEqual([
    ['OPCA', 0.67],
    ['PORTEUR', null],
    ['BRANCHE', null],
  ]);
  expect(origins[0]).toMatchObject({ detected: 30, qualified: 25, enrolled: 20, accompanied: 19 });
});
