import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { partnerKindLabel, toldKind } from './partner-kinds.js';

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
  const { kinds } = JSON.parse(readFileSync(new URL('../data/partner-kinds.json', import.meta.url), 'utf8')) as {
    kinds: readonly { code: string; source: string; followedBy?: string }[];
  };
  const codes = kinds.map((k) => k.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { source, followedBy } of kinds) {
    expect(source).not.toBe('');
    if (followedBy) expect(codes).toContain(followedBy);
  }
});
