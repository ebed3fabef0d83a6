import { expect, test } from '@jest/globals';
import { partnerKindLabel, toldKind } from './partner-kinds.js';
import { readData } from './read-data.js';

const ACTIONS = ['CHAMBER', 'OPCA', 'STATE', 'REGION', 'OTHER'] as const;

test.each([
  ['REGION', { kind: 'REGION' }],
  ['CMA', { kind: 'CHAMBER', kindCode: 'CMA' }],
  ['OPCO', { kind: 'OPCA', kindCode: 'OPCO' }],
  ['DREETS', { kind: 'STATE', kindCode: 'DREETS' }],
  ['FRANCE_TRAVAIL', { kind: 'OTHER', kindCode: 'FRANCE_TRAVAIL' }],
  ['CAMPUS_DES_METIERS', { kind: 'OTHER', kindCode: 'CAMPUS_DES_METIERS' }],
  ['constructor', { kind: 'OTHER', kindCode: 'constructor' }],
])('%s is told as %j', (code, told) => {
  expect(toldKind(code, 'inActions', ACTIONS)).toEqual(told);
});

test('a kind has its label; one that the register does not know is told as it is', () => {
  expect([partnerKindLabel('CMA', 'fr'), partnerKindLabel('CAMPUS_DES_METIERS', 'fr')]).toEqual([
    "chambre de métiers et de l'artisanat (CMA)",
    'CAMPUS_DES_METIERS',
  ]);
});

test('every kind is there once, with its source, and what took its place is one', () => {
  const { kinds } = readData<{ kinds: readonly { code: string; source: string; followedBy?: string }[] }>(
    'partner-kinds',
  );
  const codes = kinds.map((k) => k.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { source, followedBy } of kinds) {
    expect(source).not.toBe('');
    if (followedBy) expect(codes).toContain(followedBy);
  }
});
