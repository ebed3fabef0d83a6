import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readTable } from './read-case.js';

/**
 * Real files of subsidies against totals that `real/totals.py` reckoned from them by rules of its own. The files belong to
 * their publishers and are not here: `GPECT_REAL_FILES=FOLDER` says where they are.
 */
const TOTALS = JSON.parse(readFileSync(new URL('real/totals.json', import.meta.url), 'utf8')) as Record<
  string,
  { sha256: string; amount: string; lines: number; cents: number; unreadable: number; cut: number }
>;
const FOLDER = process.env['GPECT_REAL_FILES'] ?? '';

test('nine real files have totals that were reckoned apart from the product', () => {
  const all = Object.values(TOTALS);
  expect(all).toHaveLength(9);
  // Most amounts of them can be read; those that commas cut are counted apart, and none of them is guessed.
  expect(all.reduce((sum, { lines }) => sum + lines, 0)).toBe(1821);
  expect(all.reduce((sum, { cut }) => sum + cut, 0)).toBe(101);
});

(existsSync(FOLDER) ? describe : describe.skip)('each real file is read to the same total', () => {
  test.each(Object.entries(TOTALS))('%s', async (name, { sha256, amount, lines, cents, unreadable, cut }) => {
    const path = join(FOLDER, name);
    const bytes = readFileSync(path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    const file = { size: bytes.length, open: () => createReadStream(path), path: async () => path };
    const { code, decided } = await readTable(file, {
      columns: {
        reference: ['referenceDecision', 'Référence de la décision', "Nom de l'organisme bénéficiaire"],
        siret: ['idBeneficiaire', 'idNotMappedBeneficiaire', 'Identification du bénéficiaire', 'CP'],
        paidOn: ['dateConvention', 'Date de convention', 'Année'],
        scheme: ['nature', 'Nature de la subvention', 'Ville'],
        amount: [amount],
      },
      schemes: { 'aide en numéraire': 'PLAN', 'en numéraire': 'PLAN' },
    });
    expect(code).toBeUndefined();
    expect(decided?.totals).toEqual({ lines, cents, unreadableAmounts: unreadable + cut });
  });
});
