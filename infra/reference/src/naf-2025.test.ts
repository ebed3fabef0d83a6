import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nafCodesWith } from '@gpect/reference-data/naf';
import { afterAll, expect, test } from '@jest/globals';
import xlsx from 'xlsx';
import { naf2025Of, saidOfNaf2025 } from './naf-2025.js';
import { rowsOf } from './rows.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-reference-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A workbook of the form of INSEE's, made small: its sheets by name. */
function workbook(name: string, sheets: Readonly<Record<string, string[][]>>): string {
  const book = xlsx.utils.book_new();
  for (const [sheet, rows] of Object.entries(sheets))
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), sheet);
  const path = join(dir, name);
  xlsx.writeFile(book, path);
  return path;
}

const STRUCTURE = {
  'NAF 2025': [
    ['NACE rév. 2.1', 'NAF 2025', 'Intitulés'],
    ['SECTION K', '', 'Télécommunications, informatique'],
    ['62.10', '62.10Y', 'Activités de programmation informatique'],
    ['95.31', '95.31G', 'Réparation de véhicules légers'],
  ],
  'Sous-classes': [
    ['Code', 'Libellé'],
    ['62.10Y', 'Activités de programmation informatique'],
    ['95.31G', 'Réparation de véhicules légers'],
    ['46.89Y', 'Autres commerces de gros spécialisés'],
  ],
};
const CORRESPONDENCE = {
  Table: [
    ['Table de correspondance NAF rév. 2 – NAF 2025'],
    ['NACEold-code', 'NAFold-code', 'NAFold-intitulé', 'Type', 'NACEnew-code', 'NAFnew-code', 'Contenu commun'],
    ['62.01', '62.01Z', 'Programmation informatique', 'Unique', '62.10', '62.10Y', 'tout le contenu'],
    ['62.09', '62.09Z', 'Autres activités informatiques', 'Multiple', '62.10', '62.10Y', 'en partie'],
    ['62.09', '62.09Z', 'Autres activités informatiques', 'Multiple', '95.31', '95.31G', 'en partie'],
    ['45.20', '45.20A', 'Entretien de véhicules légers', 'Unique', '95.31', '95.31G', 'tout le contenu'],
  ],
};

test('the list and its passage are read out of workbooks of the official form, and decide where firms count', async () => {
  const list = naf2025Of(
    await rowsOf(workbook('structure.xlsx', STRUCTURE)),
    await rowsOf(workbook('correspondances.xlsx', CORRESPONDENCE)),
  );
  expect(list.subclasses).toEqual({
    '46.89Y': 'Autres commerces de gros spécialisés',
    '62.10Y': 'Activités de programmation informatique',
    '95.31G': 'Réparation de véhicules légers',
  });
  expect(list.passage).toEqual([
    { from: '62.01Z', to: '62.10Y', whole: true },
    { from: '62.09Z', to: '62.10Y', whole: false },
    { from: '62.09Z', to: '95.31G', whole: false },
    { from: '45.20A', to: '95.31G', whole: true },
  ]);
  const codes = nafCodesWith({ source: '', files: [], loadedOn: '2026-12-01', ...list });
  expect(['62.10Y', '95.31G', '46.89Y', '62.20Y'].map(codes.sectionKey)).toEqual(['J', '2025-T', '2025-G', undefined]);
  expect(saidOfNaf2025(list)).toContain('sans antécédent dans la table : 46.89Y');
});

test.each<[string, string[][], string[][]]>([
  ['no subclass', [['Code', 'Libellé']], CORRESPONDENCE.Table],
  ['no line with', STRUCTURE['Sous-classes'], [['62.01Z', 'x']]],
  ['names 95.31Y', STRUCTURE['Sous-classes'], [['45.20A', '95.31Y']]],
])('another file is refused: %s', (said, structure, correspondence) => {
  expect(() => naf2025Of(structure, correspondence)).toThrow(said);
});
