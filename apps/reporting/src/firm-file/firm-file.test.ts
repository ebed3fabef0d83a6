import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { choiceMark } from '../facts/choice-mark.js';
import { FIGURES } from '../figures/registry.js';
import type { Documents } from '../programmes/documents.js';
import type { FirmSource } from './column.js';
import { STEPS } from './columns.js';
import { codebook, filesTold, wholeFile } from './firm-file.js';
import { pseudonymOf } from './pseudonym.js';
import { surveyUpTo } from './read.js';

const DOCUMENTS = {
  programme: {
    _id: 'p',
    name: 'P',
    opensOn: '2007-01-01',
    closesOn: '2013-12-31',
    targetHeadcount: 100,
    basins: ['b1'],
    basinNames: { b1: 'Avesnes' },
  },
  actions: [],
  questionnaires: [
    {
      _id: 'p/1',
      programme: 'p',
      version: 1,
      appliesFrom: '2009-01-01',
      questions: [
        { question: 'apprentices', label: 'Apprentis', kind: 'NUMBER', waves: ['AFTER'] },
        { question: 'why', label: 'Pourquoi', kind: 'CHOICE', choices: ['besoin', 'aide'], waves: ['AFTER'] },
        { question: 'more', label: 'Autre', kind: 'TEXT', waves: ['AFTER'] },
      ],
    },
  ],
} as unknown as Documents;

const TRENDS = { activity: 'UP', profitability: 'UP', client_portfolio: 'STABLE', quality: 'DOWN' } as const;

const source = (id: string, more: Partial<FirmSource> = {}, said: [string, [string, number][]][] = []): FirmSource => ({
  pseudonym: pseudonymOf('a key', id),
  firm: {
    id,
    firm: 1,
    isIn: true,
    place: { basin: ['b1'], section: ['C'], size: ['10-49'], carrier: ['c1', 'c2'] },
    said: new Map([['detected', [['2008-01-02', 1]]], ...said]),
  },
  survey: {},
  ...more,
});

const cellsOf = (sources: readonly FirmSource[]) => {
  const { columns, rows } = wholeFile(sources, DOCUMENTS);
  return rows.map((row) => Object.fromEntries(columns.map(({ column }, i) => [column, row[i]])));
};

test('a firm is one row of where it stands, how far it came, what it had, paid and answered', () => {
  const answers = {
    BEFORE: { on: '2009-01-01', answers: { roles_clear: 2 } },
    AFTER: { on: '2010-01-01', answers: { roles_clear: 4 } },
  };
  const [row] = cellsOf([
    source('p/1', { survey: { answers, trends: TRENDS } }, [
      ['enrolled', [['2008-11-30', 1]]],
      [
        'halfDays',
        [
          ['2008-12-01', 2],
          ['2009-02-01', 3],
        ],
      ],
      ['halfDays@skills', [['2008-12-01', 2]]],
      ['participation:MANAGER', [['2008-12-01', 2]]],
      ['spendBefore', [['2009-02-01', 123_456]]],
      ['spend:lines', [['2009-02-01', 7]]],
    ]),
  ]);
  expect(row).toMatchObject({
    population: 'PROGRAMME',
    basin: 'b1',
    section: 'C',
    size: '10-49',
    carrier: 'c1+c2',
    region: null,
    path: 'enrolled',
    detected: 1,
    'detected.quarter': '2008-T1',
    'enrolled.quarter': '2008-T4',
    accompanied: 0,
    'accompanied.quarter': null,
    halfDays: 5,
    'halfDays.on.skills': 2,
    'participation.MANAGER': 2,
    spendBefore: 1234.56,
    'spend.lines': 7,
    'answer.roles_clear.before': 2,
    'answer.roles_clear.after': 4,
    'trend.activity': 'UP',
  });
});

test('whom samples drew stands in its row, and what was answered to added questions, but for texts', () => {
  const [row] = cellsOf([
    source('p/1', {}, [
      ['=drawn:AFTER', [['2010-01-01', 1]]],
      ['=number:AFTER:apprentices', [['2010-02-01', 2500]]],
      ['=mark:AFTER:why', [['2010-02-01', choiceMark('aide')]]],
      ['=mark:AFTER:more', [['2010-02-01', choiceMark('un texte')]]],
    ]),
  ]);
  expect(row).toMatchObject({
    'drawn.before': 0,
    'drawn.after': 1,
    'added.apprentices.after': 2.5,
    'added.why.after': 2,
    'window.before': null,
  });
  expect(Object.keys(row ?? {}).filter((column) => column.startsWith('added.'))).toEqual([
    'added.apprentices.after',
    'added.why.after',
  ]);
});

test('no row says a SIRET, a name, a commune or a day', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^\d{14}$/), { minLength: 1, maxLength: 20 }),
      fc.date({ min: new Date('2007-01-01'), max: new Date('2013-12-31'), noInvalidDate: true }),
      (sirets, date) => {
        const day = date.toISOString().slice(0, 10);
        const text = JSON.stringify(
          filesTold([
            wholeFile(
              sirets.map((siret) => source(`p/${siret}`, {}, [['enrolled', [[day, 1]]]])),
              DOCUMENTS,
            ),
          ]),
        );
        for (const siret of sirets) expect(text).not.toContain(siret);
        expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
      },
    ),
    { numRuns: 50, seed: 17 },
  );
});

test('a pseudonym is the same for one firm in one programme and one installation, and another in any other', () => {
  const of = pseudonymOf('a key', 'p/00001002500013');
  expect(pseudonymOf('a key', 'p/00001002500013')).toBe(of);
  expect(pseudonymOf('a key', 'q/00001002500013')).not.toBe(of);
  expect(pseudonymOf('another', 'p/00001002500013')).not.toBe(of);
  expect(of).toMatch(/^[0-9a-f]{16}$/);
});

test('the order of rows is that of pseudonyms, whatever the order of firms', () => {
  const sources = ['p/1', 'p/2', 'p/3'].map((id) => source(id));
  expect(cellsOf([...sources].reverse())).toEqual(cellsOf(sources));
});

test('the codebook says each column once, with its label and definition in both languages; codes with theirs', () => {
  const book = codebook([wholeFile([source('p/1')], DOCUMENTS)]);
  expect(new Set(book.map(({ column }) => column)).size).toBe(book.length);
  for (const { column, labelFr, labelEn, definitionFr, definitionEn } of book)
    for (const text of [labelFr, labelEn, definitionFr, definitionEn]) expect([column, text]).not.toEqual([column, '']);
  expect(book.find(({ column }) => column === 'basin')?.codes).toEqual([
    { code: 'b1', labelFr: 'Avesnes', labelEn: 'Avesnes' },
  ]);
  const accompanied = FIGURES.find(({ id }) => id === 'accompanied');
  expect(book.find(({ column }) => column === 'accompanied')).toMatchObject({
    labelFr: accompanied?.labelFr,
    definitionEn: accompanied?.definitionEn,
  });
  expect(book.find(({ column }) => column === 'path')?.codes.map(({ code }) => code)).toEqual([...STEPS]);
});

test('up to a day, answers of later days are not there, nor trends that were said with them', () => {
  const answers = {
    BEFORE: { on: '2009-01-01', answers: { roles_clear: 2 } },
    AFTER: { on: '2010-01-01', answers: { roles_clear: 4 } },
  };
  const survey = { answers, trends: TRENDS };
  expect(surveyUpTo(survey, '2009-06-30')).toEqual({ answers: { BEFORE: answers.BEFORE }, partlyAnswered: {} });
  expect(surveyUpTo(survey, '2010-01-01')).toMatchObject({ trends: TRENDS });
});
