import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { previewed, previewerIn } from './clerk-files.js';
import { CASE_DIALECT, readCase } from './read-case.js';

/**
 * One small file for each habit that somebody really has, and what a careful clerk would want of it: the sum taken, or
 * why the file or its lines are refused (`right.json` beside the files says it in words, and leaves some of it open).
 */
const folder = new URL('cases/', import.meta.url).pathname;

/**
 * Cents taken, what is refused (the code of the file, or the code of each line by its number), and what is remarked. The
 * same is asked of every endpoint of the service (`infra/e2e/test/spend-cases.test.ts`).
 */
interface Right {
  readonly cents: number;
  readonly refused: string | Readonly<Record<string, string>>;
  readonly remarks: readonly string[];
  /** What is taken, line by line, where the sum alone would not tell: reference, SIRET, day and cents. */
  readonly lines?: readonly string[];
}
const RIGHT = JSON.parse(readFileSync(new URL('right-cases.json', import.meta.url), 'utf8')) as Record<string, Right>;

test('the same payment has one reference, whatever the encoding of the lines beside it', async () => {
  const [january, february] = [
    await readCase(`${folder}e11-jan.csv`),
    await readCase(`${folder}e12-feb-cumulated-stray-byte.csv`),
  ];
  expect(january.accepted[0]).toEqual(february.accepted[0]);
  expect(february.accepted.map(({ reference }) => reference)).toEqual(['DÉ-1', 'R2é']);
});

describe('a file of a habit is read as a careful clerk would want', () => {
  test.each(readdirSync(folder).filter((name) => name !== 'right.json'))('%s', async (name) => {
    const { cents, refused, remarks, lines } = RIGHT[name] ?? {};
    const read = await readCase(folder + name);
    const taken = read.accepted.map((line) => [line.reference, line.siret, line.paidOn, line.cents].join(' '));
    if (lines) expect(taken).toEqual(lines);
    expect({
      cents: read.accepted.reduce((sum, line) => sum + line.cents, 0),
      refused: read.code ?? read.refused,
      remarks: read.remarks,
    }).toEqual({ cents, refused, remarks });
  });
});

describe('the preview of a file shows what its import makes of it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-case-previews-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const preview = previewerIn(dir);
  test.each(readdirSync(folder).filter((name) => name !== 'right.json'))('%s', async (name) => {
    const { cents, refused, remarks } = RIGHT[name] ?? {};
    expect(await previewed(preview, readFileSync(folder + name), CASE_DIALECT)).toEqual({ cents, refused, remarks });
  });
});

describe('days that are month first by the evidence of the file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-days-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const read = async (days: readonly string[]) => {
    const lines = days.map((day, i) => `R${i};55208131706650;${day};DIF;10,00`);
    const path = join(dir, 'days.csv');
    writeFileSync(path, ['Référence;SIRET;Date de paiement;Dispositif;Montant HT', ...lines].join('\r\n'));
    const { code, accepted, refused } = await readCase(path);
    return code ?? [accepted.length, Object.keys(refused).length];
  };
  const many = Array.from({ length: 200 }, () => '03/04/2012');
  test('refuse the file, however late the evidence comes', async () => {
    expect(await read(['03/04/2012', '03/15/2012'])).toBe('dates_differ');
    expect(await read([...many, '03/15/2012'])).toBe('dates_differ');
  });
  const dayFirst = Array.from({ length: 100 }, () => '15/03/2012');
  test('days of both orders refuse each line whose day has two meanings', async () => {
    expect(await read([...dayFirst, ...many, '03/15/2012'])).toEqual([100, 201]);
    expect(await read(many)).toEqual([200, 0]);
    expect(await read([...many, '03/15/2012', '15/03/2012'])).toEqual([1, 201]);
    expect(await read(['15/03/2012', '16/03/2012', '03/16/2012', '03/17/2012', '03/04/2012'])).toEqual([2, 3]);
  });
  test('a year of two digits that comes first refuses the file, by a day that has not come otherwise', async () => {
    expect(await read(['12/03/15', '12/03/31', '13/03/12'])).toBe('dates_differ');
    expect(await read(['12/03/15', '99/03/31'])).toBe('dates_differ');
    expect(await read(['13/03/15', '31/03/15'])).toEqual([2, 0]);
  });
});
