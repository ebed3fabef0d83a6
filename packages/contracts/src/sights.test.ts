import { expect, test } from '@jest/globals';
import { apiDocument } from './api-documents.js';
import { sightOf } from './sights.js';

test.each([
  [['state'], 'full'],
  [['region'], 'full'],
  [['carrier'], 'release'],
  [['evaluator'], 'release'],
  [['funder'], 'release'],
  [['funder', 'region'], 'full'],
  [['constructor'], 'release'],
  [[], 'release'],
] as const)('%j: figures are seen by %s', (roles, sight) => {
  expect(sightOf(roles)).toBe(sight);
});

test('every role that may ask for a bilan has its sight, one of the two', () => {
  const { paths, 'x-sight': sights = {} } = apiDocument('reporting');
  const asking = Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith('/bilan')
      ? Object.values(methods as Record<string, { security: { bearer: string[] }[] }>).flatMap(
          ({ security }) => security[0]?.bearer ?? [],
        )
      : [],
  );
  expect(Object.keys(sights).sort()).toEqual([...new Set(asking)].sort());
  for (const sight of Object.values(sights)) expect(['full', 'release']).toContain(sight);
});
