import { tryImport } from '@gpect/file-imports/trial';
import { refusedLinesComeBack } from '@gpect/test-kit/mended-tables';
import { type HabitColumn, habitCases, workbook } from '@gpect/test-kit/table-habits';
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

const read = (bytes: Buffer) => tryImport('consulting', sessionsFile('npdc', '2013-01-01'), bytes);

describe('a file of sessions', () => {
  test.each(habitCases(SESSIONS, read, 'theme'))('%s', async (_name, run) => {
    const { got, wanted } = await run();
    expect(got).toEqual(wanted);
  });
  test(
    'any of its lines that is refused comes back under its own headings, and is taken once it is mended',
    () => refusedLinesComeBack(SESSIONS, read),
    240_000,
  );
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

describe('what did not happen is no session', () => {
  const right = SESSIONS.map((c) => c.value);
  const reported = async (headings: readonly string[], ...lines: readonly (readonly string[])[]) => {
    const file = [[...SESSIONS.map((c) => c.heading), ...headings], ...lines]
      .map((line) => line.join(';'))
      .join('\r\n');
    return (await read(Buffer.from(file))).report;
  };
  test('a status or a remark that says so refuses its line, and names its column and word', async () => {
    const report = await reported(
      ['Statut', 'Observations'],
      [...right, 'Réalisée', ''],
      [...right, 'Annulée', ''],
      [...right, 'Prévue', ''],
      [...right, '', 'REPORTÉE au 12/06'],
    );
    expect(report).toMatchObject({ accepted: 1, refused: 3 });
    expect(report?.refusals.map(({ column, value, reason }) => [column, value, reason])).toEqual([
      ['Statut', 'Annulée', 'line_not_done'],
      ['Statut', 'Prévue', 'line_not_done'],
      ['Observations', 'REPORTÉE au 12/06', 'line_not_done'],
    ]);
    expect(report?.refusals[0]?.detail).toMatch(/«\u00a0Statut\u00a0»,.*dit «\u00a0Annulée\u00a0».*ôtez la ligne/);
  });
  const where = (name: string) => SESSIONS.findIndex((c) => c.name === name);
  const changed = (values: Readonly<Record<string, string>>) =>
    right.map((value, i) => values[SESSIONS[i]?.name ?? ''] ?? value);
  test('a total is set aside, whatever stands beside it, and nobody is told to fill it in', async () => {
    const report = await reported(
      [],
      right,
      right.map((_, i) => (i === 0 ? 'Total' : i === where('half_days') ? '3' : '')),
      changed({ session_id: 'Sous-total C27', date: '' }),
      changed({ session_id: 'TOTAL' }),
      changed({ session_id: 'Total lens', date: '', participants: '' }),
    );
    expect(report).toMatchObject({ accepted: 1, total: 4, refused: 0 });
    expect(report?.remarks).toContainEqual({
      code: 'totals_set_aside',
      detail: expect.stringContaining('4 lignes de total ont été mises'),
    });
  });
  test('what may be the name of a total, and has all that a session has, is refused', async () => {
    const report = await reported([], right, changed({ session_id: 'Total lens' }));
    expect(report?.refusals).toMatchObject([{ reason: 'total_or_line', value: 'Total lens' }]);
  });
  test('one total is said of as one', async () => {
    const report = await reported([], right, changed({ session_id: 'TOTAL' }));
    expect(report?.remarks?.map(({ detail }) => detail).join()).toContain('1 ligne de total a été mise de côté');
  });
  test('a note below the table is said to be one', async () => {
    const report = await reported(
      [],
      right,
      ['Signature du directeur', ...right.slice(1).map(() => '')],
      ['3 séances'],
    );
    expect(report?.refusals.map(({ reason }) => reason)).toEqual(['note_line', 'note_line']);
    expect(report?.refusals[0]?.detail).toContain('Signature du directeur');
  });
});

describe('lines below a title, or in a sheet, of what did not happen are no sessions', () => {
  const headings = SESSIONS.map((c) => c.heading);
  const session = (id: string) => SESSIONS.map((c) => (c.name === 'session_id' ? id : c.value));
  const csv = (rows: readonly (readonly string[])[]) => Buffer.from(rows.map((row) => row.join(';')).join('\r\n'));
  const outcomes = async (bytes: Buffer) => {
    const { asks, report, toMend } = await read(bytes);
    const taken = asks.flat().map(({ body }) => (body as { session: string }).session);
    return { taken, refused: report?.refusals.map(({ reason }) => reason), toMend: toMend ?? Buffer.from('') };
  };
  const title = (text: string) => [text, ...headings.slice(1).map(() => '')];
  const both = ['section_not_done', 'section_not_done'];

  test.each([['Séances annulées'], ['Séances prévues'], ['À venir']])('%s', async (text) => {
    for (const row of [[text], title(text), [text, '', '', '', '2']]) {
      for (const again of [[], [headings]]) {
        const file = csv([headings, session('A'), row, ...again, session('B')]);
        expect(await outcomes(file)).toMatchObject({ taken: ['A'], refused: both });
      }
    }
    const sheet = workbook({ Séances: [headings, session('A'), [text], session('B')] }, 'xlsx');
    expect(await outcomes(sheet)).toMatchObject({ taken: ['A'], refused: both });
  });
  test('until a title says that they were held; others say nothing', async () => {
    const rows = [['Direccte'], headings, session('A'), ['Annulées'], session('B'), ['Lens'], session('C')];
    const file = csv([...rows, ['Séances tenues'], session('D')]);
    expect(await outcomes(file)).toMatchObject({
      taken: ['A', 'D'],
      refused: [...both, 'note_line', 'section_not_done', 'note_line'],
    });
  });
  test.each([['Séances prévues 2013'], ['Compte rendu des séances annulées']])(
    '%s, above the headings',
    async (text) => {
      const file = csv([['Direccte'], [text], headings, session('A')]);
      expect(await outcomes(file)).toMatchObject({ taken: [], refused: ['section_not_done'] });
    },
  );
  test.each([['Annulées'], ['Prévues 2013']])('a sheet that is called %s, beside another and alone', async (name) => {
    const other = await outcomes(
      workbook({ Tenues: [headings, session('A')], [name]: [headings, session('B')] }, 'xlsx'),
    );
    expect(other).toMatchObject({ taken: ['A'], refused: ['section_not_done'] });
    const alone = await outcomes(workbook({ [name]: [headings, session('B')] }, 'xlsx'));
    expect(alone).toMatchObject({ taken: [], refused: ['section_not_done'] });
  });
  test('another table below is not read under the headings of the first', async () => {
    const other = ['Code', 'SIRET', 'Consultant', 'Date prévue', 'Nb', 'Étape', 'Thème', 'Public'];
    for (const blank of [[], [title('')]]) {
      const file = csv([headings, session('A'), ...blank, other, session('B'), headings, session('C')]);
      expect(await outcomes(file)).toMatchObject({ taken: ['A', 'C'], refused: ['other_table', 'other_table'] });
    }
  });
  test('what is refused so is refused again when it comes back, and is taken once it is mended', async () => {
    const files = [
      csv([headings, session('A'), ['Annulées'], session('B')]),
      csv([['Séances prévues'], headings, session('B')]),
      workbook({ Annulées: [headings, session('B')] }, 'xlsx'),
      csv([headings, ['Code', 'SIRET', 'Date prévue', 'Nb'], session('B')]),
    ];
    for (const file of files) {
      const first = await outcomes(file);
      const again = await outcomes(first.toMend);
      expect(again).toMatchObject({ taken: [] });
      expect(again.refused).toHaveLength(first.refused?.length ?? 0);
      const mended = first.toMend
        .toString()
        .split('\r\n')
        .filter((line) => !/est un titre|Date prévue;/.test(line))
        .join('\r\n')
        .replace(/#VALEUR! \((\w+)\)/, '$1');
      expect(await outcomes(Buffer.from(mended))).toMatchObject({ taken: ['B'], refused: [] });
    }
  });
  test('a note below the table is one when it comes back too', async () => {
    const first = await outcomes(csv([headings, session('A'), ['Signature du directeur']]));
    expect(await outcomes(first.toMend)).toMatchObject({ taken: [], refused: ['note_line'] });
  });
});

describe('a day that other lines of its file make doubtful is asked for', () => {
  const headings = SESSIONS.map((c) => c.heading);
  const on = (date: Date | string, id: string) =>
    SESSIONS.map((c) => (c.holds === 'day' ? date : c.holds === 'id' ? id : c.value));
  const outcomes = async (bytes: Buffer) => {
    const { asks, report, toMend = Buffer.from('') } = await read(bytes);
    const taken = asks.flat().map(({ body }) => (body as { heldOn: string }).heldOn);
    return { taken, refused: report?.refusals.map(({ reason }) => reason), toMend };
  };
  const sheetDay = (iso: string) => new Date(`${iso}T12:00:00Z`);
  const exchanged = [on(sheetDay('2008-04-05'), 'A'), on('23/06/2008', 'B'), on(sheetDay('2008-07-07'), 'C')];

  test('sheet days beside texts that are days in one order alone, as an American Excel leaves them', async () => {
    const { toMend, ...first } = await outcomes(workbook({ Séances: [headings, ...exchanged] }, 'xlsx'));
    expect(first).toEqual({ taken: ['2008-06-23', '2008-07-07'], refused: ['date_ambiguous'] });
    expect(await outcomes(toMend)).toMatchObject({ taken: [], refused: ['date_unreadable'] });
    const mended = toMend.toString().replace(/#VALEUR! \([^)]*\)/, '04/05/2008');
    expect(await outcomes(Buffer.from(mended))).toMatchObject({ taken: ['2008-05-04'], refused: [] });
  });
  test('days without zeros beside days that have theirs, as two programs write them', async () => {
    const lines = ['15/07/2008', '28/03/2008', '4/3/2008', '5/3/2008'].map((day, i) => on(day, `S${i}`));
    const found = await outcomes(Buffer.from([headings, ...lines].map((l) => l.join(';')).join('\n')));
    expect(found).toMatchObject({
      taken: ['2008-07-15', '2008-03-28'],
      refused: ['date_ambiguous', 'date_ambiguous'],
    });
    const own = ['15/7/2008', '28/3/2008', '4/3/2008'].map((day, i) => on(day, `S${i}`));
    expect(await outcomes(Buffer.from([headings, ...own].map((l) => l.join(';')).join('\n')))).toMatchObject({
      refused: [],
    });
  });
  test('sheet days alone are what they are', async () => {
    const days = [on(sheetDay('2008-04-05'), 'A'), on(sheetDay('2008-07-03'), 'B')];
    expect(await outcomes(workbook({ Séances: [headings, ...days] }, 'xlsx'))).toMatchObject({ refused: [] });
  });
  test('days that begin with their year, beside one that has its day second', async () => {
    const lines = [on('2008-25-06', 'A'), on('2008-04-03', 'B'), on('2008-04-04', 'C')];
    const { toMend, ...first } = await outcomes(Buffer.from([headings, ...lines].map((l) => l.join(';')).join('\n')));
    expect(first).toEqual({ taken: ['2008-04-04'], refused: ['date_unreadable', 'date_ambiguous'] });
    const half = toMend.toString().replace('2008-25-06', '2008-06-25');
    expect(await outcomes(Buffer.from(half))).toMatchObject({ taken: ['2008-06-25'], refused: ['date_unreadable'] });
  });
});

test('stages, themes and who took part are taken by their French names, and these are told where a value is none', async () => {
  const line = (stage: string, theme: string, participants: string) =>
    ['S-1', '00001002500013', 'C1', '05/07/2010', '1', stage, theme, participants].join(';');
  const lines = [
    line('Plan d’action', 'Compétences', 'Dirigeant'),
    line('MISE EN OEUVRE', 'Usure professionnelle', 'Dirigeant et salariés'),
    line('préconisations', 'conditions de travail', 'encadrement, Représentants du personnel'),
    line('Clôture', 'Compétences', 'Dirigeant'),
  ];
  const file = [SESSIONS.map((c) => c.heading).join(';'), ...lines].join('\n');
  const { asks, report } = await read(Buffer.from(file));
  expect(asks.flat().map(({ body }) => body)).toMatchObject([
    { stage: 'ACTION_PLAN', theme: 'skills', participants: ['MANAGER'] },
    { stage: 'IMPLEMENTATION', theme: 'wear_prevention', participants: ['MANAGER', 'EMPLOYEES'] },
    { stage: 'RECOMMENDATIONS', theme: 'working_conditions', participants: ['SUPERVISORS', 'STAFF_REPRESENTATIVES'] },
  ]);
  expect(report?.refusals).toMatchObject([
    { reason: 'value_unknown', detail: expect.stringContaining("PRE_DIAGNOSTIC, plan d'actions (ACTION_PLAN), mise") },
  ]);
});
