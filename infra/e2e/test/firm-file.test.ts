import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '@gpect/programme/api-client';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bearerOf, type Field, openField, quiet, SAMPLE, STATE } from './harness.js';

/** The evaluator's file of the sample: every row for a stated purpose, and what everybody else gets. */
const PURPOSE = 'évaluation du dispositif';
const EVALUATOR: Actor = { roles: ['evaluator'] };
const folder = readFolder(SAMPLE);
const programme = folder.rules.code;

interface FirmRows {
  readonly files: readonly { id: string; columns: string[]; rows: (string | number | null)[][] }[];
  readonly codebook: readonly { column: string; codes: { code: string | number }[]; kind: string }[];
  readonly secrecy: string;
}

let field: Field;
beforeAll(async () => {
  field = await openField();
  await loadProgramme(field.api, folder, quiet);
});
afterAll(() => field?.stop());

async function ask(actor: Actor, path: string, query: Readonly<Record<string, string>> = {}) {
  const search = new URLSearchParams({ programme, ...query });
  const response = await fetch(`${field.stack.urls.reporting}${path}?${search}`, {
    headers: await bearerOf(field, actor),
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function rowsFor(actor: Actor, query: Readonly<Record<string, string>> = {}): Promise<FirmRows> {
  const { status, bytes } = await ask(actor, '/bilan/firms', query);
  expect([status, bytes.toString('utf8').slice(0, 200)]).toEqual([200, expect.anything()]);
  return JSON.parse(bytes.toString('utf8')) as FirmRows;
}

describe('with full sight, for a purpose,', () => {
  test('columns add up to what the bilan says, in full and as of a day', async () => {
    for (const more of [{}, { asOf: '2010-06-30' }]) {
      const bilan = JSON.parse((await ask(STATE, '/bilan', { purpose: PURPOSE, ...more })).bytes.toString('utf8')) as {
        figures: Record<string, number>;
        participation: Record<string, number>;
        survey: { firms: number; yes: Record<string, { before: number; after: number }> };
        spend: { totalCents: number; accompaniedFirmsCents: { before12Months: number; after12Months: number } };
      };
      const { files, secrecy } = await rowsFor(STATE, { purpose: PURPOSE, ...more });
      const [{ columns, rows }] = files as [FirmRows['files'][number]];
      expect(secrecy).toBe('none');
      const at = (column: string) => columns.indexOf(column);
      const sum = (column: string) => rows.reduce((so, row) => so + Number(row[at(column)] ?? 0), 0);
      for (const [figure, count] of Object.entries(bilan.figures))
        if (!['workshops'].includes(figure)) expect([figure, sum(figure)]).toEqual([figure, count]);
      for (const [group, count] of Object.entries(bilan.participation))
        expect([group, sum(`participation.${group}`)]).toEqual([group, count]);
      // As of a day, what funders had paid for firms that nobody had detected yet is in the bilan alone.
      if (!('asOf' in more)) expect(Math.round(100 * sum('spend'))).toBe(bilan.spend.totalCents);
      const { before12Months, after12Months } = bilan.spend.accompaniedFirmsCents;
      expect([Math.round(100 * sum('spendBefore')), Math.round(100 * sum('spendAfter'))]).toEqual([
        before12Months,
        after12Months,
      ]);
      for (const [question, { before }] of Object.entries(bilan.survey.yes)) {
        const [then, now] = [at(`answer.${question}.before`), at(`answer.${question}.after`)];
        const both = rows.filter((row) => row[then] !== null && row[now] !== null);
        expect([question, both.filter((row) => Number(row[then]) >= 4).length]).toEqual([question, before]);
      }
      expect(columns.filter((column) => /^halfDays\.on\./.test(column)).length).toBeGreaterThan(2);
    }
  });

  test('no row says who a firm is, and each has its pseudonym, the same in the next file', async () => {
    const { files } = await rowsFor(STATE, { purpose: PURPOSE });
    const text = JSON.stringify(files);
    const lines = readFileSync(join(SAMPLE, 'detections', 'avesnes.csv'), 'utf8')
      .split('\n')
      .slice(1, 30);
    for (const [siret = '?', name = '?'] of lines.map((line) => line.split(';'))) {
      expect(text).not.toContain(siret);
      expect(text).not.toContain(name);
    }
    expect(text).not.toMatch(/"\d{5}"|\d{4}-\d{2}-\d{2}/);
    const pseudonyms = (of: FirmRows['files']) => of[0]?.rows.map(([pseudonym]) => pseudonym);
    expect(new Set(pseudonyms(files)).size).toBe(files[0]?.rows.length);
    expect(pseudonyms((await rowsFor(STATE, { purpose: PURPOSE })).files)).toEqual(pseudonyms(files));
  });

  test('as of a day, whom nobody had detected by then is not in it, though funders had paid; SIRET outside are marked', async () => {
    const [{ columns, rows }] = (await rowsFor(STATE, { purpose: PURPOSE, asOf: '2009-06-30' })).files as [
      FirmRows['files'][number],
    ];
    const of = (column: string) => columns.indexOf(column);
    for (const row of rows)
      expect([row[of('population')], row[of('detected')], row[of('basin')] === null]).toEqual(
        row[of('population')] === 'PROGRAMME' ? ['PROGRAMME', 1, false] : ['OUTSIDE', 0, true],
      );
    expect(rows.filter((row) => row[of('population')] === 'OUTSIDE').length).toBeGreaterThan(10);
  });

  test('each column stands in the codebook, and each code in its column', async () => {
    const { files, codebook } = await rowsFor(STATE, { purpose: PURPOSE });
    const [{ columns, rows }] = files as [FirmRows['files'][number]];
    expect(codebook.map(({ column }) => column)).toEqual(columns);
    for (const [i, { column, kind, codes }] of codebook.entries()) {
      if (kind !== 'CODE' || column === 'carrier') continue;
      const said = new Set(rows.map((row) => row[i]).filter((cell) => cell !== null));
      expect([column, [...said].filter((code) => !codes.some((known) => known.code === code))]).toEqual([column, []]);
    }
  });

  test('it comes as a table for programs, as a workbook with the codebook, and the codebook by itself', async () => {
    const { bytes: csv } = await ask(STATE, '/bilan/firms', { purpose: PURPOSE, format: 'csv' });
    const [head = '', first = ''] = csv.toString('utf8').split('\r\n');
    expect(head.startsWith('\uFEFFfirm;population;action;basin;')).toBe(true);
    expect(first.split(';').length).toBe(head.split(';').length);
    for (const path of ['/bilan/firms', '/bilan/firms/codebook'])
      expect((await ask(STATE, path, { purpose: PURPOSE, format: 'xlsx' })).bytes.subarray(0, 2).toString()).toBe('PK');
    const { bytes: book } = await ask(STATE, '/bilan/firms/codebook', { purpose: PURPOSE, format: 'csv', lang: 'fr' });
    expect(book.toString('utf8')).toContain('Demi-journées de conseil');
  });

  test('the reading stands in the audit trail, with its purpose', async () => {
    const trail = await field.api.get('reporting', { roles: ['operations'] }, `/audit?subject=${programme}`);
    expect(JSON.stringify(trail)).toContain('getFirmRows');
    expect(JSON.stringify(trail)).toContain(PURPOSE);
  });
});

test.each([
  ['an evaluator', EVALUATOR],
  ['a funder', { roles: ['funder'], funder: 'opca-a' }],
  ['State, who says no purpose,', STATE],
] as [string, Actor][])('%s reads nothing before a release', async (_who, actor) => {
  expect((await ask(actor, '/bilan/firms')).status).toBe(409);
  expect(
    (await ask(actor, '/bilan/firms/codebook', { purpose: PURPOSE, format: 'csv', release: '2009-01-01' })).status,
  ).toBe(404);
});

describe('once figures are released,', () => {
  beforeAll(async () => {
    await field.api.ask('reporting', STATE, '/releases', { programme });
  });

  test('everybody reads slices of firms that are alike, with no pseudonym, basin or amount in them', async () => {
    const { files, codebook, secrecy } = await rowsFor(EVALUATOR);
    expect(secrecy).toBe('applied');
    expect(files.map(({ id }) => id)).toEqual(['path', 'delivery', 'survey', 'spend']);
    for (const { columns, rows } of files) {
      expect(columns).not.toContain('firm');
      expect(columns).not.toContain('basin');
      expect(rows.length).toBeGreaterThan(50);
      expect(rows.flat().filter((cell) => typeof cell === 'number')).toEqual([]);
    }
    expect(new Set(codebook.map(({ column }) => column))).toEqual(new Set(files.flatMap(({ columns }) => columns)));
    // The same to whoever says no purpose, and each time.
    expect(await rowsFor(STATE)).toEqual(await rowsFor({ roles: ['funder'], funder: 'opca-a' }));
  });

  test('a table holds the slice that is named, a workbook all of them; one that there is not is refused by name', async () => {
    const { bytes } = await ask(EVALUATOR, '/bilan/firms', { format: 'csv', file: 'spend' });
    expect(bytes.toString('utf8').split('\r\n')[0]).toMatch(/release;spendBefore;spendAfter$/);
    const { status, bytes: refused } = await ask(EVALUATOR, '/bilan/firms', { format: 'csv', file: 'autre' });
    expect([status, refused.toString('utf8')]).toEqual([404, expect.stringContaining('path, delivery, survey, spend')]);
    expect((await ask(EVALUATOR, '/bilan/firms', { format: 'xlsx' })).bytes.subarray(0, 2).toString()).toBe('PK');
  });
});
