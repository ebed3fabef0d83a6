import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { WrittenDialect } from '../src/dialect/dialect.js';
import type { LineDocument } from '../src/spend-line/kept-line.js';
import { type Sent, sentFile } from './mend-files.js';

/**
 * Real files of subsidies against totals that `real/totals.py` reckons from them by rules of its own. The files belong to their
 * publishers and are not here: they are looked for beside the repository, or where `GPECT_REAL_FILES=FOLDER` says.
 */
const TOTALS = JSON.parse(readFileSync(new URL('real/totals.json', import.meta.url), 'utf8')) as Record<
  string,
  { sha256: string; amount: string; lines: number; cents: number; unreadable: number; cut: number }
>;
const BESIDE = fileURLToPath(new URL('../../../../shared/data/real/messy', import.meta.url));
const FOLDER = process.env['GPECT_REAL_FILES'] ?? BESIDE;
const dir = mkdtempSync(join(tmpdir(), 'gpect-real-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const dialectFor = (amount: string): WrittenDialect => ({
  columns: {
    reference: ['referenceDecision', 'Référence de la décision', "Nom de l'organisme bénéficiaire"],
    siret: ['idBeneficiaire', 'idNotMappedBeneficiaire', 'Identification du bénéficiaire', 'CP'],
    paidOn: ['dateConvention', 'Date de convention', 'Année'],
    scheme: ['nature', 'Nature de la subvention', 'Ville'],
    amount: [amount],
  },
  schemes: { 'aide en numéraire': 'PLAN', 'en numéraire': 'PLAN' },
});

/** Files, lines, cents, and amounts that nobody can read. */
const SUMS = [9, 1_821, 1_573_325_148, 165];

(existsSync(FOLDER) ? describe : describe.skip)('real files', () => {
  const send = (bytes: Buffer, name: string, known?: ReadonlyMap<string, LineDocument>) => {
    const path = join(dir, name);
    writeFileSync(path, bytes);
    return sentFile(bytes, dialectFor(TOTALS[name]?.amount ?? ''), path, known);
  };
  /** What its lines are known as, to a file that comes after it. */
  const knownBy = ({ decided }: Sent) =>
    new Map(
      [...(decided?.writes ?? [])].map(([id, { after }]) => {
        const entries = after.entries.map((entry) => ({
          ...entry,
          origins: entry.origins.map((origin) => ({ ...origin, file: 'before' })),
        }));
        return [id, { ...after, entries }];
      }),
    );

  test.each(Object.entries(TOTALS))('%s is read to its total', async (name, right) => {
    const { sha256, lines, cents, unreadable, cut } = right;
    const bytes = readFileSync(join(FOLDER, name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    const { code, decided } = await send(bytes, name);
    expect(code).toBeUndefined();
    expect(decided?.totals).toEqual({ lines, cents, unreadableAmounts: unreadable + cut });
  });

  test('the nine make what their publishers wrote; amounts that a comma cut are guessed in none', async () => {
    const sent = await Promise.all(Object.keys(TOTALS).map((name) => send(readFileSync(join(FOLDER, name)), name)));
    const sums = sent.map(({ decided }) => decided?.totals);
    const sumOf = (of: 'lines' | 'cents' | 'unreadableAmounts') => sums.reduce((sum, one) => sum + (one?.[of] ?? 0), 0);
    expect([sums.length, sumOf('lines'), sumOf('cents'), sumOf('unreadableAmounts')]).toEqual(SUMS);
  });

  test.each(Object.keys(TOTALS))('what is refused of %s comes back the same', async (name) => {
    const first = await send(readFileSync(join(FOLDER, name)), name);
    const again = await send(first.toMend, name, knownBy(first));
    const refused = ({ decided }: Sent) =>
      decided?.refusals.map(({ reason, column, value, cells }) => {
        // Our own columns, of why it was refused, stand empty before what a line has beyond its headings.
        return { reason, column, value, cells: cells.filter((cell) => cell !== '') };
      });
    expect(first.decided?.counts.refused).toBeGreaterThan(0);
    expect(refused(again)).toEqual(refused(first));
    expect(again.decided?.cents.refused).toBe(first.decided?.cents.refused);
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  (hasPython ? test : test.skip)('their totals are those that the script reckons', () => {
    const script = fileURLToPath(new URL('real/totals.py', import.meta.url));
    const { stdout } = spawnSync('python3', [script, FOLDER], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(TOTALS);
  });
});
