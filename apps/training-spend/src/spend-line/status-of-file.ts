import type { BoundTable } from '@gpect/tabular-files/bind-table';
import { keysOf, nameKey } from '@gpect/tabular-files/name-key';
import { isOfRefusals } from '@gpect/tabular-files/our-columns';
import { type Row, type Table, textOf } from '@gpect/tabular-files/table';
import { fileRemark, type SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { isMaybeStatus, isOfPayment } from './status-words.js';

/**
 * Whether a `Statut` is one of payments shows in its file: if none of its words is one of what was paid or was not, the column
 * is about something other (`Cadre`, `Salarié`), which is told, and refuses no line.
 */
export async function withStatuses(
  table: Table,
  bound: BoundTable<SpendBinding>,
  { statuses = {} }: Pick<Dialect, 'statuses'>,
): Promise<BoundTable<SpendBinding>> {
  const own = keysOf(Object.keys(statuses));
  const others = new Map<string, string>();
  // Lines that were refused come back without those that were not.
  if (bound.parts.some(({ binding }) => isOfRefusals(binding.headings))) return bound;
  for (const { binding } of bound.parts)
    for (const i of maybeStatuses(binding)) others.set(keyAt(binding, i), binding.headings[i] ?? '');
  const saysPayment = (word: string) => own.has(nameKey(word)) || isOfPayment(word.slice(0, LONGEST).normalize('NFC'));
  const known = new Map<string, boolean>();
  const see = (rows: readonly Row[], binding: SpendBinding) => {
    const columns = maybeStatuses(binding).filter((i) => others.has(keyAt(binding, i)));
    for (const { line, cells } of rows) {
      if (line <= binding.until) continue;
      for (const i of columns) {
        const word = textOf(cells[i]);
        if (word === '') continue;
        const says = known.get(word) ?? saysPayment(word);
        if (known.size < MOST_KNOWN) known.set(word, says);
        if (says) others.delete(keyAt(binding, i));
      }
    }
  };
  for (const { part, binding } of bound.parts) see(part.head, binding);
  for (const { at, binding } of bound.parts) {
    if (others.size === 0) break;
    for await (const rows of table.rows(at)) see(rows, binding);
  }
  if (others.size === 0) return bound;
  const parts = bound.parts.map((part) => {
    const ofOther = maybeStatuses(part.binding).filter((i) => others.has(keyAt(part.binding, i)));
    return { ...part, binding: { ...part.binding, ofOther } };
  });
  const told = [...others.values()].map((heading) => fileRemark('status_of_other', { heading: heading.slice(0, 100) }));
  return { ...bound, parts, remarks: [...bound.remarks, ...told] };
}

const LONGEST = 200;
const MOST_KNOWN = 1000;

const keyAt = ({ headings }: SpendBinding, i: number) => nameKey(headings[i] ?? '');

function maybeStatuses({ headings, at }: SpendBinding): number[] {
  const read = new Set<number | undefined>(Object.values(at));
  return [...headings.keys()].filter((i) => !read.has(i) && isMaybeStatus(headings[i] ?? ''));
}
