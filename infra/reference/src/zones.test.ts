import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { rowsOf } from './rows.js';
import { saidOfZones, zoneColumnsOf, zonesIn } from './zones.js';

const ROWS = [
  ["Composition communale des zones d'emploi 2020"],
  ['CODGEO', 'LIBGEO', 'ZE2020', 'LIBZE2020', 'DEP'],
  ['59350', 'Lille', '3216', 'Lille', '59'],
  ['62041', 'Arras', '3203', 'Arras', '62'],
  ['59009', "Villeneuve-d'Ascq", '3216', 'Lille', '59'],
];

test('the zones of an edition are read out of the list of communes, below its title', () => {
  expect(zonesIn(ROWS, 2020, zoneColumnsOf(2020))).toEqual([
    { code: '3203', name: 'Arras', communes: ['62041'] },
    { code: '3216', name: 'Lille', communes: ['59350', '59009'] },
  ]);
});

test('who loads it is told how many INSEE announces, so that half a file shows; a line that comes twice counts once', () => {
  const zones = zonesIn([...ROWS, ROWS[2] ?? []], 2020, zoneColumnsOf(2020));
  expect(saidOfZones(zones, 2020)).toBe("2 zones d'emploi de l'édition 2020 (l'Insee en annonce 306), 3 communes");
  expect(saidOfZones(zones, 1990)).toBe("2 zones d'emploi de l'édition 1990, 3 communes");
});

test('other headings are told', () => {
  const rows = [
    ['code_insee', 'ze1990', 'libelle_ze1990'],
    ['62041', '3121', 'Artois-Ternois'],
  ];
  const columns = { commune: 'CODE_INSEE', zone: 'ZE1990', name: 'LIBELLE_ZE1990' };
  expect(zonesIn(rows, 1990, columns)).toEqual([{ code: '3121', name: 'Artois-Ternois', communes: ['62041'] }]);
});

test.each<[string, string[][], number]>([
  ['--edition is one of', ROWS, 2000],
  ['no line has the headings', ROWS, 2010],
  ['59999 (zone 3216)', [...ROWS, ['59999', 'Nulle part', '3216', 'Lille', '59']], 2020],
  ['62041 is in zone 3203 and in zone 3216', [...ROWS, ['62041', 'Arras', '3216', 'Lille', '62']], 2020],
  ['no line has a commune', ROWS.slice(0, 2), 2020],
])('another file is refused: %s', (said, rows, edition) => {
  expect(() => zonesIn(rows, edition, zoneColumnsOf(edition))).toThrow(said);
});

/** Tables of Nord and Pas-de-Calais, by others: they stand beside the clone where the work is done, and are no part of it. */
const BESIDE = fileURLToPath(new URL('../../../../shared/data/real/codes/', import.meta.url));

(existsSync(BESIDE) ? test : test.skip).each([1990, 2010])(
  'of a real table of communes the zones of %i have as many as another list says',
  async (edition) => {
    const rows = await rowsOf(`${BESIDE}communes_59_62_historique_ze.csv`);
    const columns = { commune: 'CODE_INSEE', zone: `ZE${edition}`, name: `LIBELLE_ZE${edition}` };
    const counted = zonesIn(rows, edition, columns).map(({ code, communes }) => `${code} ${communes.length}`);
    const listed = readFileSync(`${BESIDE}zones_emploi_npdc.csv`, 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .filter(([of]) => of === String(edition));
    expect(counted).toEqual(listed.map(([, code, , communes]) => `${code} ${communes}`).sort());
    expect(counted).toHaveLength(15);
  },
);
