import { expect, test } from '@jest/globals';
import { NAF, type Naf2025, nafCodesWith, sectionLabel } from './naf.js';

/** A small list of the form that the loader writes. */
const LIST: Naf2025 = {
  source: 'made for tests',
  files: [],
  loadedOn: '2026-12-01',
  subclasses: {
    '25.62Y': 'Usinage',
    '62.10Y': 'Activités de programmation informatique',
    '95.31Y': 'Réparation et entretien de véhicules automobiles',
    '52.31Y': 'Intermédiation pour le transport',
    '46.89Y': 'Autres commerces de gros',
  },
  passage: [
    { from: '25.62A', to: '25.62Y', whole: true },
    { from: '25.62B', to: '25.62Y', whole: true },
    { from: '62.01Z', to: '62.10Y', whole: true },
    { from: '62.02A', to: '62.10Y', whole: false },
    { from: '45.20A', to: '95.31Y', whole: true },
    { from: '52.29B', to: '52.31Y', whole: false },
    { from: '82.99Z', to: '52.31Y', whole: false },
  ],
};
const loaded = nafCodesWith(LIST);
const unloaded = nafCodesWith(undefined);

test('the code itself tells its nomenclature', () => {
  for (const codes of [loaded, unloaded])
    expect(['25.62B', '62.01Z', '62.10Y', '25.62', '99.99X', '45.20Y', '62.10Z', ''].map(codes.nomenclatureOf)).toEqual(
      ['NAF_REV2', 'NAF_REV2', 'NAF_2025', ...Array.from({ length: 5 }, () => undefined)],
    );
});

test('once the list is loaded a code that it does not have is refused', () => {
  expect([unloaded.nomenclatureOf('62.99Y'), loaded.nomenclatureOf('62.99Y')]).toEqual(['NAF_2025', undefined]);
});

test.each([
  ['01.11Z', 'A'],
  ['25.62B', 'C'],
  ['35.11Z', 'D'],
  ['43.99C', 'F'],
  ['49.41A', 'H'],
  ['64.19Z', 'K'],
  ['96.02A', 'S'],
  ['99.00Z', 'U'],
  ['25.62', undefined],
])('%s counts in section %s', (naf, section) => {
  expect(NAF.sectionKey(naf)).toBe(section);
});

test.each([
  ['62.10Y', 'J', '2025-K'],
  ['25.62Y', 'C', '2025-C'],
  // Repair of vehicles was of trade, and is of other services.
  ['95.31Y', 'G', '2025-T'],
  // It took from two sections: no passage is one to one.
  ['52.31Y', '2025-H', '2025-H'],
  // INSEE's table passes nothing to it.
  ['46.89Y', '2025-G', '2025-G'],
])('%s of NAF 2025 counts in %s where the passage is loaded, in %s where it is not', (naf, passed, alone) => {
  expect([loaded.sectionKey(naf), unloaded.sectionKey(naf)]).toEqual([passed, alone]);
});

test.each([
  ['2229A', '22.29A'],
  ['22.29a', '22.29A'],
  ['22 29\u00a0A', '22.29A'],
  ['22-29A', '22.29A'],
  ['6210y', '62.10Y'],
  ['222A', undefined],
  ['9999X', undefined],
  ['', undefined],
])('%s is read as %s', (written, naf) => {
  expect(NAF.read(written)).toBe(naf);
});

test('the same letter is another section in the two nomenclatures, and a label says which', () => {
  expect(['K', '2025-K', 'V', '2025-V', 'toString'].map((key) => sectionLabel(key, 'fr'))).toEqual([
    "Activités financières et d'assurance",
    "Télécommunications, informatique, services d'information (NAF 2025, section K)",
    'V',
    'Activités extraterritoriales (NAF 2025, section V)',
    'toString',
  ]);
});

test('the sections of NAF rev. 2 hold its 88 divisions, those of NAF 2025 87', () => {
  const divisions = Array.from({ length: 99 }, (_, i) => String(i + 1).padStart(2, '0'));
  const kept = divisions.filter((d) => unloaded.nomenclatureOf(`${d}.10Y`));
  expect(kept).toHaveLength(87);
  expect(new Set(kept.map((d) => unloaded.sectionKey(`${d}.10Y`))).size).toBe(22);
});
