import { tryImport } from '@gpect/file-imports/trial';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { refusedLinesComeBack } from '@gpect/test-kit/mended-tables';
import { type HabitColumn, habitCases, workbook } from '@gpect/test-kit/table-habits';
import { describe, expect, test } from '@jest/globals';
import type { CollectiveAction } from '../collective-action/collective-action.js';
import type { Programme } from '../programme/programme.js';
import { detectionsFile } from './detections-file.js';

/** What the database knows is not looked at here. */
const detections = () => ({
  ...detectionsFile(
    {} as ServiceContext,
    {
      programme: 'npdc',
      basins: [{ code: 'artois-ternois', name: 'Artois', communes: ['62041', '01004'] }],
    } as unknown as Programme,
    { action: 'lens', basins: ['artois-ternois'] } as unknown as CollectiveAction,
    '2013-01-01',
  ),
  prepare: async () => undefined,
});

const DETECTIONS: readonly HabitColumn[] = [
  { name: 'siret', heading: 'N° SIRET', value: '00001002500013', holds: 'siret' },
  { name: 'raison_sociale', heading: 'Raison sociale', value: 'Mécanique de la Lys' },
  { name: 'code_insee', heading: 'Code INSEE', value: '62041' },
  { name: 'bassin', heading: 'Bassin', value: 'artois-ternois' },
  { name: 'naf', heading: 'Code NAF', value: '25.62B' },
  { name: 'effectif', heading: 'Effectif', value: '41', holds: 'number' },
  { name: 'date_detection', heading: 'Date de détection', value: '2010-05-03', holds: 'day' },
  { name: 'origine', heading: 'Origine', value: 'PORTEUR' },
  { name: 'manager_commitment', heading: 'Engagement du dirigeant', value: '3', holds: 'number' },
  { name: 'strategic_vision', heading: 'Vision stratégique', value: '2', holds: 'number' },
  { name: 'social_climate', heading: 'Climat social', value: '4', holds: 'number' },
  { name: 'hr_practice', heading: 'Pratiques RH', value: '2', holds: 'number' },
  { name: 'suite', heading: 'Suite', value: 'ADHESION' },
  { name: 'date_convention', heading: 'Date de convention', value: '2010-06-01', holds: 'day' },
  { name: 'date_fin', heading: 'Date de fin', value: '2011-06-01', holds: 'day' },
];

describe('a file of detections', () => {
  const read = (bytes: Buffer) => tryImport('enrolment', detections(), bytes);
  test.each(habitCases(DETECTIONS, read, 'origine'))('%s', async (_name, run) => {
    const { got, wanted } = await run();
    expect(got).toEqual(wanted);
  });
  test(
    'any of its lines that is refused comes back under its own headings, and is taken once it is mended',
    () =>
      refusedLinesComeBack(DETECTIONS, read, {
        mayBeEmpty: ['code_insee', 'bassin', 'suite', 'date_convention', 'date_fin'],
      }),
    240_000,
  );
});

test('communes of which nothing says whether their basin is right are taken, and told once for all lines', async () => {
  const main = { code: 'douaisis', name: 'Douaisis', mainCommune: '59178' };
  const spec = {
    ...detectionsFile(
      {} as ServiceContext,
      { programme: 'npdc', basins: [main] } as unknown as Programme,
      { action: 'douai', basins: ['douaisis'] } as unknown as CollectiveAction,
      '2013-01-01',
    ),
    prepare: async () => undefined,
  };
  const line = (commune: string, reason = '') =>
    [
      '00001002500013',
      'Mécanique',
      commune,
      'douaisis',
      '25.62B',
      '41',
      '2010-05-03',
      'PORTEUR',
      3,
      2,
      4,
      2,
      reason,
    ].join(';');
  const headings = [
    ...DETECTIONS.slice(0, -3).map(({ heading }) => heading),
    'Motif du bassin;Suite;Date de convention;Date de fin',
  ].join(';');
  const lines = [line('59178'), line('80021'), line('80021'), line('59015', 'Suivie à Douai'), line('59015')];
  const { report, preview } = await tryImport(
    'enrolment',
    spec,
    Buffer.from([headings, ...lines.map((l) => `${l};;;`)].join('\n')),
  );
  expect(report?.accepted).toBe(5);
  // The preview looked at the same lines before.
  const remarks = [preview, report].map((said) => said?.remarks?.filter(({ code }) => code === 'basin_unchecked'));
  expect(remarks.map((list) => list?.length)).toEqual([1, 1]);
  expect(remarks[0]?.[0]?.detail).toMatch(/commune de 3 lignes \(80021 Amiens, 59015 Arleux\)/i);
});

test('a line as a clerk types it says what the contract asks for', async () => {
  const line =
    "1002500013;Mécanique;1004;Artois Ternois;2562b;76,0;03.05.2010;Maison de l'emploi;3;2;4;2;Adhésion;01/06/2010;";
  const file = `${DETECTIONS.map((c) => c.heading).join(';')}\n0000${line}\n`;
  const { asks } = await tryImport('enrolment', detections(), Buffer.from(file));
  expect(asks[0]?.map(({ operation }) => operation)).toEqual(['detectFirm', 'qualifyFirm', 'signAgreement']);
  expect(asks[0]?.[0]?.body).toMatchObject({
    ...{ siret: '00001002500013', commune: '01004', basin: 'artois-ternois', naf: '25.62B', headcount: 76 },
    ...{ detectedOn: '2010-05-03', source: 'MAISON_EMPLOI' },
  });
});

describe('what became of a firm is not contradicted by its dates', () => {
  const withOutcome = async (...outcome: readonly string[]) => {
    const values = [...DETECTIONS.slice(0, -3).map((c) => c.value), ...outcome];
    const file = [DETECTIONS.map((c) => c.heading), values].map((row) => row.join(';')).join('\r\n');
    const { report } = await tryImport('enrolment', detections(), Buffer.from(file));
    return report?.refusals.map(({ column, reason, detail }) => [column, reason, detail]);
  };
  test.each([
    [
      ['', '09/03/2010', '09/04/2011'],
      'la colonne suite est vide alors que la colonne date_convention dit «\u00a009/03/2010\u00a0»',
    ],
    [['', '', '09/04/2011'], 'la colonne suite est vide alors que la colonne date_fin dit «\u00a009/04/2011\u00a0»'],
    [['REFUS', '09/03/2010', ''], 'la colonne suite dit «\u00a0REFUS\u00a0» et la colonne date_convention'],
    [['refusé', '', '2011-04-09'], 'la colonne suite dit «\u00a0refusé\u00a0» et la colonne date_fin'],
  ])('%j is refused, and both columns are named', async (outcome, detail) => {
    expect(await withOutcome(...outcome)).toEqual([['Suite', 'columns_contradict', expect.stringContaining(detail)]]);
  });
  test.each([
    [['', '', '']],
    [['REFUS', '', '']],
    [['ABANDON', '09/03/2010', '']],
    [['Adhésion', '09/03/2010', '09/04/2011']],
  ])('%j is taken', async (outcome) => expect(await withOutcome(...outcome)).toEqual([]));
});

test('a firm is refused that another column says is a double or taken back, not one that waits', async () => {
  const line = [...DETECTIONS.slice(0, -3).map((c) => c.value), '', '', ''];
  const lines = ['Validée', 'Annulée', 'Doublon', 'En attente'].map((status) => [...line, status]);
  const file = [[...DETECTIONS.map((c) => c.heading), 'Statut'], ...lines].map((cells) => cells.join(';')).join('\n');
  const { report } = await tryImport('enrolment', detections(), Buffer.from(file));
  expect(report?.refusals.map(({ value, reason }) => [value, reason])).toEqual([
    ['Annulée', 'line_not_done'],
    ['Doublon', 'line_not_done'],
  ]);
});

describe('SIRETs without the zeros at their heads', () => {
  const sent = (...sirets: readonly string[]) => {
    const others = DETECTIONS.slice(1, -3).map((c) => c.value);
    const lines = sirets.map((siret) => [siret, ...others, '', '', '']);
    const file = [DETECTIONS.map((c) => c.heading), ...lines].map((cells) => cells.join(';')).join('\n');
    return tryImport('enrolment', detections(), Buffer.from(file));
  };
  test('get them back where the file shows by several that it lost them', async () => {
    const { report, asks } = await sent('1708700016', '1709500019', '55208131706650');
    expect(asks.map(([first]) => first?.body?.['siret'])).toEqual([
      '00001708700016',
      '00001709500019',
      '55208131706650',
    ]);
    expect(report?.remarks?.map(({ detail }) => detail).join()).toContain('2 SIRET avaient perdu leurs zéros de tête');
  });
  test.each([
    ['one alone may have lost another digit', ['1708700016', '55208131706650']],
    ['another kept its zeros', ['1708700016', '1709500019', '00001710300011']],
    ['another is short without having lost them', ['1708700016', '1709500019', '552081317066']],
  ])('are refused where %s, and it is said what happened', async (_why, sirets) => {
    const { report } = await sent(...sirets);
    expect(report?.refusals[0]).toMatchObject({ reason: 'siret_invalid', value: '1708700016' });
    expect(report?.refusals[0]?.detail).toMatch(/que 10 chiffres.*zéros de tête.*00001708700016/);
  });
  test.each([
    ['Signature du directeur', 'n’est pas un numéro de 14 chiffres'],
    ['FR55208131766', 'est un numéro de TVA'],
    ['5520813170665', 'il y a 13 chiffres au lieu de 14'],
    ['55208131706651', 'un chiffre est faux'],
  ])('%s is told what it is', async (siret, detail) => {
    expect((await sent(siret)).report?.refusals[0]?.detail).toContain(detail);
  });
});

test.each(['TOTAL', 'Total', 'Cumul'])('a firm called %s is detected as any other', async (name) => {
  const at = (column: string) => DETECTIONS.findIndex((c) => c.name === column);
  const cells = DETECTIONS.map(({ value }) => value).with(at('raison_sociale'), name);
  const fileOf = (line: readonly string[]) =>
    Buffer.from(`${DETECTIONS.map((c) => c.heading).join(';')}\n${line.join(';')}\n`);
  const whole = await tryImport('enrolment', detections(), fileOf(cells));
  expect([whole.asks.length, whole.report?.refused, whole.report?.total ?? 0]).toEqual([1, 0, 0]);
  const lacking = await tryImport('enrolment', detections(), fileOf(cells.with(at('effectif'), '')));
  expect([lacking.asks.length, lacking.report?.refused, lacking.report?.total ?? 0]).toEqual([0, 1, 0]);
});

test('firms that gave up stand below a title of their own, those that are not to be counted are refused', async () => {
  const right = DETECTIONS.map((c) => c.value);
  const gaveUp = DETECTIONS.map((c) => (c.name === 'suite' ? 'ABANDON' : c.value));
  const rows = [DETECTIONS.map((c) => c.heading), right, ['Abandons'], gaveUp, ['Doublons'], right];
  const file = rows.map((row) => row.join(';')).join('\n');
  const { asks, report } = await tryImport('enrolment', detections(), Buffer.from(file));
  expect(asks).toHaveLength(2);
  expect(report?.refusals.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'section_not_done'],
    [5, 'section_not_done'],
    [6, 'section_not_done'],
  ]);
});

test('what one column of days shows of its spreadsheet is doubted of the others too', async () => {
  const sheetDay = (iso: string) => new Date(`${iso}T12:00:00Z`);
  const line = (detected: Date | string, signed: Date | string) =>
    DETECTIONS.map(({ name, value }) => {
      if (name === 'date_detection') return detected;
      if (name === 'date_convention') return signed;
      return name === 'date_fin' ? '' : value;
    });
  const rows = [DETECTIONS.map((c) => c.heading), line('23/04/2010', sheetDay('2010-06-05'))];
  const file = workbook({ Mai: [...rows, line(sheetDay('2010-05-03'), sheetDay('2010-06-06'))] }, 'xlsx');
  const { report } = await tryImport('enrolment', detections(), file);
  expect(report?.refusals.map(({ column, reason }) => [column, reason])).toEqual([
    ['Date de convention', 'date_ambiguous'],
    ['Date de détection', 'date_ambiguous'],
  ]);
});

test('an empty basin is that of the commune; where no commune gives it, the line is refused', async () => {
  const of = async (commune: string, basin: string) => {
    const head = DETECTIONS.map((c) => c.heading).join(';');
    const line = `00001002500013;Mécanique;${commune};${basin};62.10Y;76;2010-05-03;OPCO;3;2;4;2;;;`;
    const { asks, report } = await tryImport('enrolment', detections(), Buffer.from(`${head}\n${line}\n`));
    return asks[0]?.[0]?.body ?? report?.refusals.map(({ reason, column }) => `${column}: ${reason}`);
  };
  const read = { basin: 'artois-ternois', commune: '62041', naf: '62.10Y', source: 'OPCA' };
  expect(await of('62041', '')).toMatchObject(read);
  expect(await of('59350', '')).toEqual(['Bassin: basin_missing']);
  expect(await of('', '')).toEqual(['Bassin: missing']);
});

describe('why a firm declined or left is one word of the list', () => {
  const read = async (suite: string, motif: string, dates: readonly string[] = ['', '']) => {
    const headings = [...DETECTIONS.map((c) => c.heading), 'Motif de la suite'];
    const values = [...DETECTIONS.slice(0, -3).map((c) => c.value), suite, ...dates, motif];
    const file = [headings, values].map((row) => row.join(';')).join('\r\n');
    const { asks, report } = await tryImport('enrolment', detections(), Buffer.from(file));
    return { last: asks[0]?.at(-1), refusals: report?.refusals.map(({ column, reason }) => [column, reason]) };
  };

  test.each([
    ['REFUS', 'Pas le temps', ['', ''], { operation: 'declineFirm', body: { reasonKind: 'NO_TIME' } }],
    ['REFUS', '', ['', ''], { operation: 'declineFirm', body: {} }],
    [
      'ABANDON',
      'CHANGE_OF_MANAGER',
      ['01/06/2010', '01/02/2011'],
      { operation: 'abandonFirm', body: { abandonedOn: '2011-02-01', reasonKind: 'CHANGE_OF_MANAGER' } },
    ],
  ])('%s, %s', async (suite, motif, dates, asked) => {
    expect((await read(suite, motif, dates)).last).toMatchObject(asked);
  });

  test('a word that is not of the list is refused, and a reason without a refusal or departure', async () => {
    expect((await read('REFUS', 'parce que')).refusals).toEqual([['Motif de la suite', 'value_unknown']]);
    expect((await read('', 'coût')).refusals).toEqual([['Suite', 'columns_contradict']]);
    expect((await read('ADHESION', 'coût', ['01/06/2010', ''])).refusals).toEqual([['Suite', 'columns_contradict']]);
  });
});
