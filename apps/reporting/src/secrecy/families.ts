import type { Cell } from '../cube/cell.js';
import { dimensionsOf } from './grouping.js';
import type { Family } from './lattice-inputs.js';
import type { Numbers } from './numbers.js';
import { remainderOf } from './remainder.js';
import type { Variable } from './variable.js';

/** In every cell, what figures say of each other: enrolled is accompanied, abandoned, and those under way. */
export function relateFamilies(numbers: Numbers): void {
  for (const [grouping, cells] of numbers.tables) {
    const asked = numbers.measures.get(grouping) ?? new Set<string>();
    for (const family of numbers.inputs.families) {
      if (!asked.has(family.total)) continue;
      const { parts, remainder } = partsIn(family, asked);
      if (parts.length === 0) continue;
      for (const cell of cells) {
        const total = numbers.find(grouping, cell.at, family.total);
        const there = parts.filter((part) => cell.of.has(part)).map((part) => numbers.find(grouping, cell.at, part));
        if (total.value === 0 && there.length === 0) continue;
        if (remainder === undefined) numbers.relate(total, there);
        else relateRemainder(numbers, { grouping, cell, total, parts: there, remainder });
      }
    }
  }
}

/** The parts that are asked in a grouping; what is not asked there is a remainder like one that is never told. */
function partsIn({ total, parts: all }: Family, asked: ReadonlySet<string>) {
  const parts = all.flatMap((part) =>
    part.endsWith(':*') ? [...asked].filter((measure) => measure.startsWith(part.slice(0, -1))) : [part],
  );
  const named = parts.find((part) => part.startsWith('~'));
  const isWhole = parts.every((part) => asked.has(part));
  return {
    parts: parts.filter((part) => asked.has(part)),
    remainder: isWhole ? undefined : `${named ?? '~'} of ${total}`,
  };
}

function relateRemainder(
  numbers: Numbers,
  of: { grouping: string; cell: Cell; total: Variable; parts: readonly Variable[]; remainder: string },
): void {
  const { grouping, cell, total, parts } = of;
  const isOfFirms = dimensionsOf(grouping).every((dimension) => !numbers.inputs.overlapping.has(dimension));
  const remainder = remainderOf(total, parts);
  if (!isOfFirms || (remainder.value < 0 && !total.isAmount)) return;
  const added = numbers.add(grouping, cell.at, of.remainder, remainder);
  numbers.relate(total, [...parts, added]);
}
