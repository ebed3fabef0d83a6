import { tryImport } from '@gpect/file-imports/trial';
import { refusedLinesComeBack } from '@gpect/test-kit/mended-tables';
import { type HabitColumn, habitCases } from '@gpect/test-kit/table-habits';
import { describe, expect, test } from '@jest/globals';
import type mongoose from 'mongoose';
import { attendanceFile, workshopsFile } from './workshops-file.js';

/** What the database knows is not looked at here. */
const nothing = {} as mongoose.Connection;
const workshopsAlone = () => ({ ...workshopsFile(nothing, 'npdc'), prepare: async () => undefined });
const attendanceAlone = () => ({ ...attendanceFile(nothing, 'npdc', '2013-01-01'), prepare: async () => undefined });

const WORKSHOPS: readonly HabitColumn[] = [
  { name: 'workshop_id', heading: 'N° Atelier', value: 'W-lens-1', holds: 'id' },
  { name: 'action', heading: 'Action', value: 'lens' },
  { name: 'date', heading: "Date de l'atelier", value: '2010-09-01', holds: 'day' },
  { name: 'theme', heading: 'Thème', value: 'skills' },
  { name: 'invited', heading: 'Invités', value: '12', holds: 'number' },
];

describe('a file of workshops', () => {
  const read = (bytes: Buffer) => tryImport('workshops', workshopsAlone(), bytes);
  test.each(habitCases(WORKSHOPS, read, 'theme'))('%s', async (_name, run) => {
    const { got, wanted } = await run();
    expect(got).toEqual(wanted);
  });
  test(
    'any of its lines that is refused comes back under its own headings, and is taken once it is mended',
    () => refusedLinesComeBack(WORKSHOPS, read),
    240_000,
  );
});

const ATTENDANCE: readonly HabitColumn[] = [
  { name: 'workshop_id', heading: 'N° Atelier', value: 'W-lens-1', holds: 'id' },
  { name: 'siret', heading: 'N° SIRET', value: '00001002500013', holds: 'siret' },
  { name: 'attendance', heading: 'Présence', value: 'PRESENT' },
];

describe('a file of attendance', () => {
  const read = (bytes: Buffer) => tryImport('workshops', attendanceAlone(), bytes);
  test.each(habitCases(ATTENDANCE, read, 'attendance'))('%s', async (_name, run) => {
    const { got, wanted } = await run();
    expect(got).toEqual(wanted);
  });
  test(
    'any of its lines that is refused comes back under its own headings, and is taken once it is mended',
    () => refusedLinesComeBack(ATTENDANCE, read),
    240_000,
  );
});

test('who was there is marked as people mark it', async () => {
  const here = ['PRESENT', 'Présente', 'X', 'x', '1', 'oui', '✓', '✔\ufe0f'];
  const away = ['ABSENT', 'absente', 'non', '0', 'Absent excusé', 'excusée'];
  const unknown = ['-', '2', 'Présent ?', 'inscrit'];
  const lines = [...here, ...away, ...unknown].map((word) => `W1;00001002500013;${word}`);
  const file = Buffer.from(['N° Atelier;SIRET;Présence', ...lines].join('\n'));
  const { asks, report } = await tryImport('workshops', attendanceAlone(), file);
  const said = asks.flat().map(({ body }) => (body as { attendance: string }).attendance);
  expect(said).toEqual([...here.map(() => 'PRESENT'), ...away.map(() => 'ABSENT')]);
  expect(report?.refusals.map(({ value }) => value)).toEqual(unknown);
});

test('how many are invited is asked for where it may be thousands', async () => {
  const lines = ['1.000', '1,000', '1 000', '12,0'].map((invited, i) => `W${i};lens;01/09/2010;compétences;${invited}`);
  const file = Buffer.from([WORKSHOPS.map((c) => c.heading).join(';'), ...lines].join('\n'));
  const { asks, report } = await tryImport('workshops', workshopsAlone(), file);
  expect(report?.refusals.map(({ reason }) => reason)).toEqual(['number_ambiguous', 'number_ambiguous']);
  expect(asks.flat().map(({ body }) => body)).toMatchObject([
    { expectedFirms: 1000, theme: 'skills' },
    { expectedFirms: 12 },
  ]);
});
