import { readFileSync } from 'node:fs';
import { tryImport } from '@gpect/file-imports/trial';
import { refusedLinesComeBack } from '@gpect/test-kit/mended-tables';
import { type HabitColumn, habitCases } from '@gpect/test-kit/table-habits';
import { describe, expect, test } from '@jest/globals';
import { type Question, SCORED, TRENDS } from '../questionnaire/questions.js';
import { answersFile } from './answers-file.js';

const ANSWERS: readonly HabitColumn[] = [
  { name: 'siret', heading: 'N° SIRET', value: '00001002500013', holds: 'siret' },
  { name: 'date', heading: 'Date de réponse', value: '2010-07-06', holds: 'day' },
  { name: 'strategy_clear', heading: 'La stratégie est-elle claire ?', value: '3', holds: 'number' },
  {
    name: 'strategy_shared',
    heading: 'La stratégie est-elle partagée avec les salariés ?',
    value: '3',
    holds: 'number',
  },
  { name: 'time_for_anticipation', heading: 'Consacrez-vous du temps à l’anticipation ?', value: '3', holds: 'number' },
  { name: 'information_flows', heading: 'L’information circule-t-elle ?', value: '3', holds: 'number' },
  { name: 'roles_clear', heading: 'Les rôles et missions sont-ils clairs ?', value: '3', holds: 'number' },
  { name: 'social_climate', heading: 'Le climat social est-il bon ?', value: '3', holds: 'number' },
  {
    name: 'staff_representation_dialogue',
    heading: 'Le dialogue avec la représentation du personnel est-il installé ?',
    value: '3',
    holds: 'number',
  },
  { name: 'training_priority', heading: 'La formation est-elle une priorité ?', value: '3', holds: 'number' },
  {
    name: 'training_policy_exists',
    heading: 'Une politique de formation existe-t-elle ?',
    value: '3',
    holds: 'number',
  },
  { name: 'activity', heading: 'Comment l’activité a-t-elle évolué ?', value: 'UP' },
  { name: 'profitability', heading: 'Comment la rentabilité a-t-elle évolué ?', value: 'UP' },
  { name: 'client_portfolio', heading: 'Comment le portefeuille client a-t-il évolué ?', value: 'UP' },
  { name: 'quality', heading: 'Comment la qualité a-t-elle évolué ?', value: 'UP' },
];

const withoutTrends = ANSWERS.slice(0, -4);
const before = (columns: readonly HabitColumn[], values: readonly string[]) => {
  const file = [columns.map((c) => c.heading), values].map((row) => row.join(';')).join('\r\n');
  return tryImport('evaluation', answersFile('npdc', 'BEFORE', [], '2013-01-01'), Buffer.from(file));
};

test.each([
  ['all four', ['UP', 'STABLE', 'DOWN', 'UP'], 'Comment l’activité a-t-elle évolué ?'],
  ['one', ['', '', 'hausse', ''], 'Comment le portefeuille client a-t-il évolué ?'],
])('trends of a before wave are refused as such: %s', async (_which, trends, column) => {
  const { report } = await before(ANSWERS, [...withoutTrends.map((c) => c.value), ...trends]);
  expect(report?.refusals).toMatchObject([
    { column, reason: 'trends_before', detail: expect.stringContaining('retirez ces colonnes') },
  ]);
});

test('a before wave may have empty columns of trends, or none', async () => {
  const answers = withoutTrends.map((c) => c.value);
  expect((await before(ANSWERS, [...answers, '', '', '', ''])).report).toMatchObject({ accepted: 1, refused: 0 });
  expect((await before(withoutTrends, answers)).report).toMatchObject({ accepted: 1, refused: 0 });
});

test('a question that a version adds has its column by its name, or as it is asked', async () => {
  const question: Question = {
    ...{
      question: 'jobs_planned',
      label: 'Combien d’embauches prévoyez-vous ?',
      english: 'How many hires are planned?',
    },
    ...{ kind: 'NUMBER' as const, theme: 'ECONOMIC' as const, waves: ['BEFORE' as const] },
  };
  const versions = [{ version: 2, questions: [question] }];
  for (const heading of ['jobs_planned', question.label, question.english ?? '']) {
    const rows = [
      [...withoutTrends.map((c) => c.name), heading],
      [...withoutTrends.map((c) => c.value), '4'],
    ];
    const file = Buffer.from(rows.map((row) => row.join(';')).join('\r\n'));
    const { asks } = await tryImport('evaluation', answersFile('npdc', 'BEFORE', versions, '2013-01-01'), file);
    expect(asks).toMatchObject([[{ body: { more: { jobs_planned: 4 } } }]]);
  }
});

test('the page for clerks names each question as it is asked', () => {
  const page = readFileSync(new URL('../../../../docs/partners/envoyer-un-tableau.md', import.meta.url), 'utf8');
  for (const { question, label } of [...SCORED, ...TRENDS]) expect(page).toContain(`| \`${question}\` | ${label} |`);
});

describe('a file of answers', () => {
  const read = (bytes: Buffer) => tryImport('evaluation', answersFile('npdc', 'AFTER', [], '2013-01-01'), bytes);
  test.each(habitCases(ANSWERS, read, 'activity'))('%s', async (_name, run) => {
    const { got, wanted } = await run();
    expect(got).toEqual(wanted);
  });
  test(
    'any of its lines that is refused comes back under its own headings, and is taken once it is mended',
    () => refusedLinesComeBack(ANSWERS, read),
    240_000,
  );
});
