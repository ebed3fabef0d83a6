import { execFileSync } from 'node:child_process';
import { todayInParis } from '@gpect/domain-values/calendar';
import type { Actor } from '@gpect/programme/api-client';
import { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import XLSX from 'xlsx';
import { bearerOf, type Field, openField, quiet, SAMPLE } from './harness.js';

let field: Field;
const sample = readFolder(SAMPLE);
const programme = sample.rules.code;
const STATE: Actor = { roles: ['state'] };
const EVALUATOR: Actor = { roles: ['evaluator'] };
const [firstAction] = sample.actions;

beforeAll(async () => {
  field = await openField();
  await loadProgramme(field.api, sample, quiet);
  await caughtUp(field.api);
  await field.api.command('reporting', STATE, '/releases', { programme });
});
afterAll(() => field.stop());

async function ask(actor: Actor, path: string, query: Record<string, string> = {}): Promise<Response> {
  // State and Region say why; what is asked of a release says nothing.
  const why = actor === STATE && path !== '/warnings' ? { purpose: 'a test of every figure' } : {};
  const search = new URLSearchParams({ programme, ...why, ...query });
  return fetch(`${field.stack.urls.reporting}${path}?${search}`, {
    headers: await bearerOf(field, actor),
  });
}

interface Table {
  readonly rows: string[];
  readonly columns: string[];
  readonly cells: (number | null)[][];
}
const table = async (actor: Actor, query: Record<string, string>) =>
  (await (await ask(actor, '/bilan/table', query)).json()) as Table;
const bilan = async (actor: Actor, query: Record<string, string> = {}) =>
  (await (await ask(actor, '/bilan', query)).json()) as Awaited<ReturnType<typeof fetchBilan>>;

const AXES = ['action', 'basin', 'section', 'size', 'year'];
const PAIRS = AXES.flatMap((rows, i) => AXES.slice(i + 1).map((columns) => [rows, columns] as const));
const sum = (values: (number | null | undefined)[]) => values.reduce<number>((a, b) => a + (b ?? 0), 0);

describe('a figure cut by any two of its dimensions', () => {
  test.each(PAIRS)('%s by %s adds up to the bilan, along both', async (rows, columns) => {
    const whole = await fetchBilan(field.api, programme);
    for (const indicator of ['enrolled', 'sessions', 'spendEnrolled']) {
      const { cells, ...codes } = await table(STATE, { indicator, rows, columns });
      const total = indicator === 'spendEnrolled' ? whole.spend.enrolledFirmsCents : whole.figures[indicator];
      expect(cells.at(-1)?.at(-1)).toBe(total);
      for (const line of cells) expect(sum(line.slice(0, codes.columns.length))).toBe(line.at(-1));
      for (const c of [...codes.columns, 'total'].keys())
        expect(sum(cells.slice(0, -1).map((line) => line[c]))).toBe(cells.at(-1)?.[c]);
    }
  });

  test.each([
    ['theme', 'sessions'],
    ['theme', 'detected'],
    ['origin', 'spend'],
    ['region', 'workshops'],
    ['section', 'workshops'],
    ['wave', 'spend'],
  ])('by %s, %s come to the total, what has no value of it in a row of its own', async (rows, indicator) => {
    const { cells, ...codes } = await table(STATE, { indicator, rows });
    expect(sum(cells.slice(0, -1).map(([cell]) => cell))).toBe(cells.at(-1)?.[0]);
    expect(codes.rows.indexOf('')).toBe(codes.rows.includes('') ? codes.rows.length - 1 : -1);
  });

  test('what is of no firm, or knows no theme, is not counted in a part of such, and not none there', async () => {
    const workshops = await table(STATE, { indicator: 'workshops', rows: 'section', columns: 'theme' });
    const whole = await table(STATE, { indicator: 'workshops', rows: 'theme' });
    expect(workshops.rows.at(-1)).toBe('');
    expect(workshops.cells.at(-2)).toEqual(whole.cells.map(([cell]) => cell));
    for (const row of workshops.cells.slice(0, -2)) expect(new Set(row)).toEqual(new Set([null]));
    const { figures } = await bilan(STATE, { theme: 'skills' });
    expect([figures['detected'], figures['accompanied']]).toEqual([null, null]);
    expect(figures['sessions']).toBeGreaterThan(0);
    const figure = await (await ask(STATE, '/bilan/figures/detected', { theme: 'skills' })).json();
    expect(figure).toMatchObject({ value: null, firms: null });
    expect((await bilan(EVALUATOR, { theme: 'skills' })).figures['detected']).toBeNull();
  });

  test('by carrier, an action with two carriers counts for each', async () => {
    const { rows, cells } = await table(STATE, { indicator: 'enrolled', rows: 'carrier' });
    const byAction = await table(STATE, { indicator: 'enrolled', rows: 'action' });
    const of = (t: Table, code: string) => t.cells[t.rows.indexOf(code)]?.[0] ?? 0;
    const all = rows.reduce((total, code) => total + of({ rows, columns: [], cells }, code), 0);
    const twice = sample.actions.reduce((total, a) => total + a.carriers.length * of(byAction, a.code), 0);
    expect(all).toBe(twice);
  });
});

describe('at a past date', () => {
  test('nothing before the programme, everything at its end, and never less as time goes on', async () => {
    const dates = ['2007-08-31', '2009-03-31', '2010-02-28', '2011-11-15', todayInParis(new Date())];
    const all = [];
    for (const asOf of dates) all.push(await bilan(STATE, { asOf }));
    const [before, ...later] = all;
    expect(Object.values(before?.figures ?? {}).every((n) => n === 0)).toBe(true);
    const now = await fetchBilan(field.api, programme);
    expect(later.at(-1)?.figures).toEqual(now.figures);
    expect(later.at(-1)?.spend.accompaniedFirmsCents).toEqual(now.spend.accompaniedFirmsCents);
    for (const id of ['detected', 'enrolled', 'sessions', 'workshops'])
      expect(all.map((b) => b.figures[id] ?? 0)).toEqual([...all.map((b) => b.figures[id] ?? 0)].sort((a, b) => a - b));
  });

  test('as the files themselves say, line by line', async () => {
    const asOf = '2010-06-30';
    const file = XLSX.utils.sheet_to_json<Record<string, string>>(
      XLSX.readFile(`${SAMPLE}/consulting-sessions.csv`, { raw: true }).Sheets['Sheet1'] as XLSX.WorkSheet,
    );
    const held = new Map(file.map((line) => [line['session_id'], line]));
    const counted = [...held.values()].filter((line) => String(line['date']) <= asOf).length;
    expect((await bilan(STATE, { asOf })).figures['sessions']).toBe(counted);
  });
});

describe('what there is not', () => {
  const PATHS: [string, Record<string, string>][] = [
    ['/bilan', {}],
    ['/bilan/document', { format: 'csv' }],
    ['/bilan/table', { indicator: 'enrolled', rows: 'size' }],
    ['/bilan/cross', { indicator: 'enrolled', by: 'size' }],
    ['/bilan/figures/enrolled', {}],
  ];
  const refusal = async (actor: Actor, path: string, query: Record<string, string>) => {
    const response = await ask(actor, path, query);
    const { errors } = (await response.json()) as { errors?: { pointer: string; detail: string }[] };
    return [response.status, errors?.[0]?.pointer, errors?.[0]?.detail];
  };

  test.each(PATHS)('%s is told which values there are of one that is not there', async (path, query) => {
    for (const [field, value, known] of [
      ['section', 'V', 'A'],
      ['region', '99', '32'],
      ['year', '2150', '2010'],
      ['wave', '1900', '2009'],
      ['basin', 'nulle-part', 'lille'],
      ['action', 'nulle-part', 'avesnes'],
    ] as const)
      expect([path, field, ...(await refusal(STATE, path, { ...query, [field]: value }))]).toEqual([
        path,
        field,
        404,
        `/${field}`,
        expect.stringMatching(new RegExp(`${value}.*${known}`)),
      ]);
    for (const field of ['size', 'theme', 'origin'])
      expect([400, 422]).toContain((await ask(STATE, path, { ...query, [field]: 'autre' })).status);
  });

  test.each(PATHS)('%s of a day to come is refused, and today is said', async (path, query) => {
    expect(await refusal(STATE, path, { ...query, asOf: '2099-12-31' })).toEqual([
      422,
      '/asOf',
      expect.stringContaining(todayInParis(new Date())),
    ]);
  });

  test('a release says as well what there is not; what is there and where nothing happened is zeros', async () => {
    expect((await refusal(EVALUATOR, '/bilan', { section: 'V' }))[0]).toBe(404);
    expect((await refusal(EVALUATOR, '/bilan/figures/enrolled', { year: '2150' }))[0]).toBe(404);
    const { figures } = await bilan(STATE, { region: '93' });
    expect([figures['detected'], figures['workshops']]).toEqual([0, null]);
  });
});

describe('statistical secrecy', () => {
  test('who is neither State nor Region reads no cell of one or two firms, nor one that gives it away', async () => {
    const query = { indicator: 'enrolled', rows: 'basin', columns: 'section' };
    const [open, masked] = [await table(STATE, query), await table(EVALUATOR, query)];
    let hidden = 0;
    for (const [r, line] of masked.cells.entries()) {
      expect(line.filter((cell) => cell === null)).not.toHaveLength(1);
      for (const [c, cell] of line.entries()) {
        const value = open.cells[r]?.[c] ?? 0;
        if (value === 1 || value === 2) expect([r, c, cell]).toEqual([r, c, null]);
        if (cell === null) hidden++;
        // The rest is rounded to five, but for the whole programme.
        else expect(Math.abs(cell - value)).toBeLessThan(5);
      }
    }
    expect(hidden).toBeGreaterThan(0);
  });

  test('a carrier reads its own actions to the unit, and not those of others', async () => {
    const carrier: Actor = { roles: ['carrier'], carrier: 'cci-de-l-avesnois' };
    const own = sample.actions.find((a) => a.code === 'avesnes');
    expect(own).toBeDefined();
    expect((await ask(carrier, '/bilan', { action: 'avesnes' })).status).toBe(200);
    expect((await ask(carrier, '/bilan', { action: 'calais' })).status).toBe(403);
    expect((await ask(carrier, '/bilan/table', { indicator: 'enrolled', rows: 'action' })).status).toBe(403);
    expect(Object.keys((await bilan(carrier)).byAction)).toEqual(['avesnes']);
  });
});

test('without its estimates, a bilan says all else as with them', async () => {
  const whole = await bilan(STATE);
  expect((whole as unknown as { estimates: unknown[] }).estimates.length).toBeGreaterThan(5);
  expect(await bilan(STATE, { estimates: 'false' })).toEqual({ ...whole, estimates: [] });
});

describe('a figure opens to its provenance', () => {
  test('definition, firms, and the offsets of the topics of its sources alone', async () => {
    const figure = await (await ask(STATE, '/bilan/figures/sessions')).json();
    const { figures } = await fetchBilan(field.api, programme);
    expect(figure).toMatchObject({ value: figures['sessions'], firms: 493, indicator: { unit: 'session' } });
    expect(Object.keys((figure as { topics: object }).topics)).toEqual(['gpect.consulting.events']);
    expect((await ask(STATE, '/bilan/figures/nothing')).status).toBe(404);
  });
});

describe('exports', () => {
  test.each(['xlsx', 'ods'])('%s opens in a spreadsheet, one sheet a chapter', async (format) => {
    const response = await ask(STATE, '/bilan/document', { format });
    const book = XLSX.read(Buffer.from(await response.arrayBuffer()));
    expect(book.SheetNames.length).toBeGreaterThan(8);
    const [first] = book.SheetNames;
    const rows = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[first ?? ''] as XLSX.WorkSheet, { header: 1 });
    const { figures } = await fetchBilan(field.api, programme);
    expect(rows).toContainEqual(['Entreprises détectées', figures['detected']]);
  });

  test('CSV, in French for a French spreadsheet and in English', async () => {
    const text = async (lang: string) => (await ask(STATE, '/bilan/document', { format: 'csv', lang })).text();
    expect(await text('fr')).toContain("Séances d'appui-conseil;");
    expect(await text('en')).toContain('Consulting sessions,');
  });

  test('PDF, a document with its title, its tables and numbered pages', async () => {
    const response = await ask(EVALUATOR, '/bilan/document', { format: 'pdf' });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = textOfPdf(bytes).replace(/\s+/g, ' ');
    for (const said of ['Entreprises repérées pour le dispositif', 'Définitions', '1 / ', 'moins de 3 entreprises'])
      expect(text).toContain(said);
  });

  test('a table as a file is masked as its reader sees it, and says so', async () => {
    const query = { indicator: 'over100', rows: 'basin', format: 'csv' };
    const released = await (await ask(EVALUATOR, '/bilan/table', query)).text();
    expect(released).toMatch(/;s\r?\n/);
    expect(released).toContain('est masqué (s)');
    const whole = await (await ask(STATE, '/bilan/table', query)).text();
    expect(whole).not.toMatch(/;s\r?\n/);
    expect(whole).toContain('à ne pas diffuser');
  });
});

test.each([
  ['/bilan', {}],
  ['/bilan/table', { indicator: 'enrolled', rows: 'basin' }],
  ['/bilan/figures/enrolled', {}],
  ['/warnings', {}],
])('%s of a programme that nobody opened is not found', async (path, query) => {
  expect((await ask(STATE, path, { ...query, programme: 'nulle-part' })).status).toBe(404);
});

test('no question reads a whole collection: mongod is told to refuse such a query', async () => {
  const connection = await mongoose.createConnection(field.stack.mongoUrlOf('admin')).asPromise();
  const notablescan = (on: boolean) => connection.getClient().db('admin').command({ setParameter: 1, notablescan: on });
  await notablescan(true);
  try {
    const at = { asOf: '2010-05-14' };
    for (const [path, query] of [
      ['/bilan', at],
      ['/bilan', { basin: 'lille', ...at }],
      ['/bilan', { carrier: 'cci-grand-lille', year: '2010' }],
      ['/bilan', { section: 'C', size: '10-49' }],
      ['/bilan/table', { indicator: 'spend', rows: 'section', columns: 'size', ...at }],
      ['/bilan/table', { indicator: 'sessions', rows: 'action', columns: 'year' }],
      ['/bilan/figures/halfDays', { action: firstAction?.code ?? '' }],
    ] as [string, Record<string, string>][])
      expect([path, query, (await ask(STATE, path, query)).status]).toEqual([path, query, 200]);
  } finally {
    await notablescan(false);
    await connection.close();
  }
});

/** The text of a PDF, by a reader that we did not write. */
function textOfPdf(bytes: Uint8Array): string {
  return execFileSync(process.execPath, ['test/read-pdf.mjs'], { input: bytes, encoding: 'utf8' });
}
