import { createReadStream, statSync } from 'node:fs';
import { openTable } from '@gpect/tabular-files/open-table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { bindSpend, monthFirstDays } from '../src/dialect/bind-columns.js';
import { completed, type Dialect, type WrittenDialect } from '../src/dialect/dialect.js';
import { decideLines, type ReadingFile, readLines } from '../src/spend-file/decide-lines.js';
import type { LineDocument } from '../src/spend-line/line-store.js';
import { FileReading, remarksOfSeen, TableReader } from '../src/spend-line/table-reader.js';

export const CASE_DIALECT: WrittenDialect = {
  decimal: ',',
  columns: {
    reference: ['Référence'],
    siret: ['SIRET'],
    paidOn: ['Date de paiement'],
    scheme: ['Dispositif'],
    amount: ['Montant HT'],
  },
  schemes: { DIF: 'DIF', 'Période de professionnalisation': 'PERIODE_PRO' },
};

export interface CaseResult {
  /** Why the file as a whole was refused. */
  readonly code?: string;
  readonly accepted: readonly { readonly reference: string; readonly cents: number; readonly paidOn: string }[];
  readonly refused: Readonly<Record<string, string>>;
  readonly remarks: readonly string[];
  /** What is said of totals and headings. */
  readonly said?: readonly string[];
  readonly totals?: number;
}

/** What becomes of a file, by the product's own way: opened, bound, read and decided. */
export async function readCase(path: string, written: WrittenDialect = CASE_DIALECT): Promise<CaseResult> {
  const dialect: Dialect = completed(written);
  const nothing = { accepted: [], refused: {}, remarks: [] };
  try {
    const size = statSync(path).size;
    const table = await openTable({ size, open: () => createReadStream(path), path: async () => path }, dialect);
    try {
      const bound = bindSpend(table, dialect);
      if (!bound.ok) return { ...nothing, code: bound.fault.code };
      const days = await monthFirstDays(table, bound.value, dialect);
      if (days) return { ...nothing, code: days.code };
      const file: ReadingFile = {
        programme: 'p',
        funder: 'f',
        shortId: 'x',
        differing: 'refuse',
        columnOf: () => ({ column: 'Référence', at: 0 }),
      };
      const readings = [];
      const whole = new FileReading();
      for (const { at, binding } of bound.value.parts) {
        const reader = new TableReader(dialect, binding, table, '2026-11-25', whole);
        for await (const rows of table.rows(at))
          readings.push(
            ...readLines(
              rows.filter((row) => row.line > binding.until),
              reader,
              file,
            ),
          );
      }
      const { writes, refusals, counts } = decideLines(readings, new Map<string, LineDocument>(), file);
      const accepted = [...writes.values()].flatMap(({ after }) =>
        after.entries.map(({ content }) => ({
          reference: after._id.slice(4),
          cents: content.amountCents,
          paidOn: content.paidOn,
        })),
      );
      return {
        accepted,
        refused: Object.fromEntries(refusals.map(({ line, reason }) => [line, reason])),
        remarks: [...bound.value.remarks, ...remarksOfSeen(whole.seen)].map(({ code }) => code),
        said: remarksOfSeen(whole.seen).map(({ said }) => said.fr),
        totals: counts.total,
      };
    } finally {
      table.close();
    }
  } catch (error) {
    if (error instanceof FileUnreadable) return { ...nothing, code: error.code };
    throw error;
  }
}
