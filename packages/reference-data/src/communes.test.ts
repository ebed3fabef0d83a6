import { expect, test } from '@jest/globals';
import { type CommuneChanges, communeOf, communesWith } from './communes.js';

test.each([
  ['59350', 'Lille', '59350'],
  // A commune nouvelle keeps the code of one of those that merged: that code is the commune of today.
  ['59588', 'Téteghem-Coudekerque-Village', '59588'],
  ['59154', 'Coudekerque-Village', '59588'],
  ['13201', 'Marseille 1er Arrondissement', '13055'],
  ['2A004', 'Ajaccio', '2A004'],
])('%s is %s, today in %s', (code, name, today) => {
  expect(communeOf(code)).toMatchObject({ code, name, today });
});

test.each(['59999', '00000', 'toString', '5935'])('%s is and was no commune', (code) => {
  expect(communeOf(code)).toBeUndefined();
});

const changes = (...list: CommuneChanges['changes']): CommuneChanges => ({
  source: 'made for tests',
  files: [],
  loadedOn: '2026-12-01',
  changes: list,
});

test('a merger has its day once the changes are loaded, and one that merged twice lies where the second did', () => {
  const { communeOf: of } = communesWith(
    [{ code: '00003', nom: 'Trois', type: 'commune-actuelle', anciensCodes: ['00002'] }],
    changes(
      { from: '00001', name: 'Un', to: '00002', on: '1973-01-01' },
      { from: '00002', name: 'Deux', to: '00003', on: '2016-01-01' },
    ),
  );
  expect(['00001', '00002', '00003'].map(of)).toEqual([
    { code: '00001', name: 'Un', today: '00003', since: '1973-01-01' },
    { code: '00002', name: 'Deux', today: '00003', since: '2016-01-01' },
    { code: '00003', name: 'Trois', today: '00003' },
  ]);
});
