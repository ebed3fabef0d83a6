import { communesWith } from '@gpect/reference-data/communes';
import { expect, test } from '@jest/globals';
import { communeChangesOf } from './communes.js';

const HEAD =
  'MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP';
const file = (...lines: string[]) => [HEAD, ...lines].map((line) => line.split(','));
const MERGED =
  '32,2016-01-01,COM,59154,0,COUDEKERQUE VILLAGE,Coudekerque-Village,Coudekerque-Village,COM,59588,0,TETEGHEM,Téteghem,Téteghem-Coudekerque-Village';
const DELEGATED = MERGED.replace('COM,59588', 'COMD,59154');
const RENAMED = '10,1990-02-01,COM,62041,1,ARRAS,Arras,Arras,COM,62041,1,ARRAS,Arras,Arras';

test('of the events on communes those that gave one another code are kept, with their day', () => {
  const changes = communeChangesOf(file(MERGED, DELEGATED, RENAMED));
  expect(changes).toEqual([{ from: '59154', name: 'Coudekerque-Village', to: '59588', on: '2016-01-01' }]);
  const today = [{ code: '59588', nom: 'Téteghem-Coudekerque-Village', type: 'commune-actuelle' }] as const;
  const { communeOf } = communesWith(today, { source: '', files: [], loadedOn: '2026-12-01', changes });
  expect(communeOf('59154')).toEqual({
    code: '59154',
    name: 'Coudekerque-Village',
    today: '59588',
    since: '2016-01-01',
  });
});

test.each([
  ['no line has the headings', [['commune', 'date']]],
  ['no event of the file', file(RENAMED)],
  ['is no day', file(MERGED.replace('2016-01-01', '01/01/2016'))],
])('another file is refused: %s', (said, rows) => {
  expect(() => communeChangesOf(rows)).toThrow(said);
});
