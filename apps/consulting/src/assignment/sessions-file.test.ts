import { tryImport } from '@gpect/service-kit/imports/trial';
import { type HabitColumn, habitCases } from '@gpect/test-kit/table-habits';
import { describe, expect, test } from '@jest/globals';
import { sessionsFile } from './sessions-file.js';

const SESSIONS: readonly HabitColumn[] = [
  { name: 'session_id', heading: 'N° Séance', value: 'S-2010-7', holds: 'id' },
  { name: 'siret', heading: 'N° SIRET', value: '00001002500013', holds: 'siret' },
  { name: 'consultant', heading: 'Consultant', value: 'C1' },
  { name: 'date', heading: 'Date de séance', value: '2010-07-05', holds: 'day' },
  { name: 'half_days', heading: 'Demi-journées', value: '2', holds: 'number' },
  { name: 'stage', heading: 'Étape', value: 'PRE_DIAGNOSTIC' },
  { name: 'theme', heading: 'Thème', value: 'management' },
  { name: 'participants', heading: 'Participants', value: 'MANAGER|EMPLOYEES' },
];

describe('a file of sessions', () => {
  const read = (bytes: Buffer) => tryImport('consulting', sessionsFile('npdc', '2013-01-01'), bytes);
  test.each(habitCases(SESSIONS, read, 'theme'))('%s', async (_name, run) => {
    const { got, wanted } = await run();
    expect(got).toEqual(wanted);
  });
});

test('a number with a slash is taken under a sign that looks like one, since no key of ours holds a slash', async () => {
  const line = '2012/0045;00001002500013;C1;05/07/2010;1;Pré-diagnostic;MANAGEMENT;manager, employees';
  const file = `${SESSIONS.map((c) => c.name).join(';')}\n${line}\n`;
  const { asks } = await tryImport('consulting', sessionsFile('npdc', '2013-01-01'), Buffer.from(file));
  expect(asks).toMatchObject([
    [
      {
        operation: 'recordSession',
        body: { session: '2012\u22150045', stage: 'PRE_DIAGNOSTIC', participants: ['MANAGER', 'EMPLOYEES'] },
      },
    ],
  ]);
});
