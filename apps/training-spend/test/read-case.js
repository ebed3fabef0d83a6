import { createReadStream, statSync } from 'node:fs';
import { openTable } from '@gpect/tabular-files/open-table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { bindSpend, otherOrderOfDays } from '../src/dialect/bind-columns.js';
import { completed } from '../src/dialect/dialect.js';
import { decideLines, readLines } from '../src/spend-file/decide-lines.js';
import { FileReading, NOTHING_SEEN, remarksOfSeen, TableReader } from '../src/spend-line/table-reader.js';
export const CASE_DIALECT = {
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
const FILE = {
  programme: 'p',
  funder: 'f',
  shortId: 'x',
  differing: 'refuse',
  columnOf: () => ({ column: 'Référence', at: 0 }),
};
const REFUSED = { readings: [], remarks: [], totals: NOTHING_SEEN.totals, said: [] };
/** What becomes of a file, by the product's own way: opened, bound, read and decided. */
export async function readTable(file, written) {
  const dialect = completed(written);
  try {
    const table = await openTable(file, dialect);
    try {
      const bound = bindSpend(table, dialect);
      if (!bound.ok) return { ...REFUSED, code: bound.fault.code, detail: bound.fault.said.fr };
      const days = await otherOrderOfDays(table, bound.value, dialect, '2026-11-25');
      if (days) return { ...REFUSED, code: days.code, detail: days.said.fr };
      const readings = [];
      const whole = new FileReading();
      for (const { at, binding } of bound.value.parts) {
        const reader = new TableReader(dialect, binding, table, '2026-11-25', whole);
        for await (const rows of table.rows(at)) {
          const below = rows.filter((row) => row.line > binding.until);
          readings.push(...readLines(below, reader, FILE));
        }
      }
      const seen = remarksOfSeen(whole.seen);
      return {
        readings,
        decided: decideLines(readings, new Map(), FILE),
        remarks: [...bound.value.remarks, ...seen].map(({ code }) => code),
        totals: whole.seen.totals,
        said: seen.map(({ said }) => said.fr),
      };
    } finally {
      table.close();
    }
  } catch (error) {
    if (error instanceof FileUnreadable) return { ...REFUSED, code: error.code, detail: error.said.fr };
    throw error;
  }
}
/** The same of a file on disk, as its funder would look at it. */
export async function readCase(path, written = CASE_DIALECT) {
  const { size } = statSync(path);
  const file = { size, open: () => createReadStream(path), path: async () => path };
  const { code, detail, decided, remarks, said } = await readTable(file, written);
  const accepted = [...(decided?.writes.values() ?? [])].flatMap(({ after }) =>
    after.entries.map(({ content }) => ({
      reference: after._id.slice(4),
      cents: content.amountCents,
      paidOn: content.paidOn,
    })),
  );
  return {
    ...(code ? { code } : {}),
    ...(detail ? { detail } : {}),
    accepted,
    refused: Object.fromEntries((decided?.refusals ?? []).map(({ line, reason }) => [line, reason])),
    details: (decided?.refusals ?? []).map(({ detail: of }) => of),
    remarks,
    said,
    totals: decided?.counts.total ?? 0,
  };
}
//# sourceMappingURL=read-case.js.map
