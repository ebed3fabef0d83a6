import { expect, test } from '@jest/globals';
import { type Basin, basinOf, placeFault, uncheckedCommune, withCommunes } from './basin-communes.js';
import { GEOGRAPHY } from './geography.js';

/** Two basins whose communes are said, and two of which only the main one is; 59588 took in 59154 in 2016. */
const BASINS: readonly Basin[] = [
  { code: 'lille', name: 'Lille', communes: ['59350', '59009'] },
  { code: 'dunkerque', name: 'Dunkerque', communes: ['59183', '59154'] },
  { code: 'artois', name: 'Artois-Ternois', mainCommune: '62041' },
  { code: 'lens', name: 'Lens-Hénin', mainCommune: '62498' },
];
const ALL = BASINS.map((b) => b.code);
const at = (commune: string, basin: string, basinReason?: string) =>
  placeFault({ commune, basin, ...(basinReason ? { basinReason } : {}) }, BASINS, GEOGRAPHY)?.code;

test.each([
  ['59350', 'lille'],
  ['59154', 'dunkerque'],
  ['62041', 'artois'],
])('commune %s gives basin %s, and goes with it', (commune, basin) => {
  expect(basinOf({ commune }, ALL, BASINS, GEOGRAPHY)).toEqual({ ok: true, value: basin });
  expect(at(commune, basin)).toBeUndefined();
});

test('a commune of today lies where those lay that merged into it', () => {
  expect(basinOf({ commune: '59588' }, ALL, BASINS, GEOGRAPHY)).toEqual({ ok: true, value: 'dunkerque' });
});

test.each<[string, string, string]>([
  ['of another basin', '59350', 'artois'],
  ['merged, of another basin', '59588', 'lille'],
  ['the main one of another basin', '62041', 'lens'],
  ['of another region than every commune that is named', '75056', 'lens'],
  ['of no basin, where the communes of the named one are known', '75056', 'lille'],
])('a commune %s contradicts the basin', (_what, commune, basin) => {
  expect(at(commune, basin)).toBe('basin_contradicts_commune');
});

test('both languages say which basin is right, and that a merged commune has another name today', () => {
  const fault = placeFault({ commune: '59154', basin: 'lille' }, BASINS, GEOGRAPHY);
  expect(fault?.french).toMatch(
    /commune 59154 Coudekerque-Village \(Téteghem-Coudekerque-Village aujourd’hui\) est du bassin dunkerque, pas du bassin lille/,
  );
  expect(fault?.detail).toMatch(/is of dunkerque, not of basin lille/);
});

test('where nobody said what communes a basin has, one that no other basin has is taken, and known as unchecked', () => {
  expect([at('62065', 'artois'), at('59036', 'lens')]).toEqual([undefined, undefined]);
  const unchecked = (commune: string, basin: string, basinReason = '') =>
    uncheckedCommune({ commune, basin, ...(basinReason ? { basinReason } : {}) }, BASINS, GEOGRAPHY)?.name;
  expect(unchecked('80021', 'artois')).toBe('Amiens');
  expect([unchecked('62041', 'artois'), unchecked('59350', 'lille'), unchecked('80021', 'artois', 'suivie')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the communes of 2007-2013 outside the programme are refused in each of its basins', () => {
  const basins: Basin[] = [
    { code: 'douaisis', name: 'Douaisis', mainCommune: '59178' },
    { code: 'artois-ternois', name: 'Artois-Ternois', mainCommune: '62041' },
  ];
  const fault = (commune: string) => placeFault({ commune, basin: 'douaisis' }, basins, GEOGRAPHY)?.code;
  // Paris and an arrondissement, Marseille, Lyon, Ajaccio and its code of before 1976, Saint-Denis (La Réunion), Arras.
  for (const commune of ['75056', '75101', '13055', '69123', '2A004', '20004', '97411', '62041'])
    expect([commune, fault(commune)]).toEqual([commune, 'basin_contradicts_commune']);
  expect(fault('59178')).toBeUndefined();
});

test('with a reason a firm is followed in a basin that its commune is not of', () => {
  expect(at('59350', 'artois', "Son site principal est à Arras, et l'action l'y suit")).toBeUndefined();
});

test('a code that no commune has or had is refused, whatever the reason', () => {
  expect(at('59999', 'lille', 'x')).toBe('commune_unknown');
});

test.each<[string, string | undefined, readonly string[]]>([
  ['no commune', undefined, ALL],
  ['a commune of another basin than those of the action', '59350', ['artois']],
  ['a commune of none', '75056', ALL],
])('%s gives no basin', (_what, commune, of) => {
  const given = basinOf(commune ? { commune } : {}, of, BASINS, GEOGRAPHY);
  expect(given).toMatchObject({ ok: false, fault: { code: 'basin_missing', allowed: of } });
});

test.each<[string, Basin[], string]>([
  [
    'zones whose list is not here',
    [{ code: 'a', name: 'A', zones: { edition: 1982, codes: ['3121'] } }],
    'zones_not_loaded',
  ],
  ['a commune that is none', [{ code: 'a', name: 'A', communes: ['59999'] }], 'commune_unknown'],
  ['a main commune that is none', [{ code: 'a', name: 'A', mainCommune: '59999' }], 'commune_unknown'],
  [
    'a commune in two basins',
    [
      { code: 'a', name: 'A', communes: ['62041'] },
      { code: 'b', name: 'B', communes: ['62041'] },
    ],
    'communes_twice',
  ],
])('a programme is not opened with %s', (_what, basins, code) => {
  expect(withCommunes(basins, GEOGRAPHY)).toMatchObject({ ok: false, fault: { code } });
});

test('what is said of basins is kept as it is', () => {
  expect(withCommunes(BASINS, GEOGRAPHY)).toEqual({ ok: true, value: BASINS });
});

test('a basin made of zones has the communes of their edition, kept with the programme', () => {
  const zonesOf = (edition: number) =>
    edition === 1990
      ? [
          { code: '3121', name: 'Artois-Ternois', communes: ['62041', '62013'] },
          { code: '3122', name: 'Lens-Hénin', communes: ['62498'] },
        ]
      : undefined;
  const basin = (codes: string[], edition = 1990) => [{ code: 'sud', name: 'Sud', zones: { edition, codes } }];
  expect(withCommunes(basin(['3121', '3122']), { ...GEOGRAPHY, zonesOf })).toEqual({
    ok: true,
    value: [{ ...basin(['3121', '3122'])[0], communes: ['62041', '62013', '62498'] }],
  });
  expect(withCommunes(basin(['3120']), { ...GEOGRAPHY, zonesOf })).toMatchObject({
    fault: { code: 'zones_unknown', value: '3120' },
  });
  expect(withCommunes(basin(['3121'], 2010), { ...GEOGRAPHY, zonesOf })).toMatchObject({
    fault: { code: 'zones_not_loaded', value: '2010' },
  });
});
