import { tryImport } from '@gpect/file-imports/trial';
import { refusedLinesComeBack } from '@gpect/test-kit/mended-tables';
import { type HabitColumn, habitCases } from '@gpect/test-kit/table-habits';
import { describe, expect, test } from '@jest/globals';
import { answersFile } from './answers-file.js';

const ANSWERS: readonly HabitColumn[] = [
  { name: 'siret', heading: 'N° SIRET', value: '00001002500013', holds: 'siret' },
  { name: 'date', heading: 'Date de réponse', value: '2010-07-06', holds: 'day' },
  { name: 'strategy_clear', heading: 'strategy clear', value: '3', holds: 'number' },
  { name: 'strategy_shared', heading: 'strategy shared', value: '3', holds: 'number' },
  { name: 'time_for_anticipation', heading: 'time for anticipation', value: '3', holds: 'number' },
  { name: 'information_flows', heading: 'information flows', value: '3', holds: 'number' },
  { name: 'roles_clear', heading: 'roles clear', value: '3', holds: 'number' },
  { name: 'social_climate', heading: 'social climate', value: '3', holds: 'number' },
  { name: 'staff_representation_dialogue', heading: 'staff representation dialogue', value: '3', holds: 'number' },
  { name: 'training_priority', heading: 'training priority', value: '3', holds: 'number' },
  { name: 'training_policy_exists', heading: 'training policy exists', value: '3', holds: 'number' },
  { name: 'activity', heading: 'activity', value: 'UP' },
  { name: 'profitability', heading: 'profitability', value: 'UP' },
  { name: 'client_portfolio', heading: 'client portfolio', value: 'UP' },
  { name: 'quality', heading: 'quality', value: 'UP' },
];

const withoutTrends = ANSWERS.slice(0, -4);
const before = (columns: readonly HabitColumn[], values: readonly string[]) => {
  const file = [columns.map((c) => c.heading), values].map((row) => row.join(';')).join('\r\n');
  return tryImport('evaluation', answersFile('npdc', 'BEFORE', [], '2013-01-01'), Buffer.from(file));
};

test.each([
  ['all four', ['UP', 'STABLE', 'DOWN', 'UP'], 'activity'],
  ['one', ['', '', 'hausse', ''], 'client portfolio'],
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
