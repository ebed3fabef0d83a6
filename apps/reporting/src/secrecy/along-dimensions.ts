import { own } from '@gpect/domain-values/records';
import type { Cell } from '../cube/cell.js';
import { dimensionsOf, groupingOf } from './grouping.js';
import type { Numbers } from './numbers.js';

type At = Cell['at'];

/** Of a grouping, along each of its dimensions: its cells are the parts of those of the grouping without that dimension. */
export function relateAlongDimensions(numbers: Numbers): void {
  const { several, ofAction } = numbers.inputs;
  for (const [grouping, cells] of numbers.tables) {
    const dimensions = dimensionsOf(grouping);
    for (const dimension of dimensions) {
      const rest = dimensions.filter((other) => other !== dimension);
      if (!several.has(dimension)) {
        const above = groupingOf(rest);
        const lines = linesOf(cells, rest);
        for (const total of numbers.tables.get(above) ?? [])
          relateCells(numbers, [above, total.at], [grouping, lines.get(keyOf(total.at, rest)) ?? []]);
      }
      const actions = ofAction.get(dimension);
      if (actions) relateToActions(numbers, { grouping, cells, dimension, rest, actions });
    }
  }
}

/** What follows from the action is the sum of its actions, whatever several values of it one firm stands in. */
function relateToActions(
  numbers: Numbers,
  of: {
    grouping: string;
    cells: readonly Cell[];
    dimension: string;
    rest: readonly string[];
    actions: ReadonlyMap<string, readonly string[]>;
  },
): void {
  const { grouping, cells, dimension, rest, actions } = of;
  const isCross = rest.includes('action');
  const below = groupingOf(isCross ? rest : [...rest, 'action']);
  const lines = linesOf(numbers.tables.get(below) ?? [], rest);
  if (!numbers.tables.has(below)) return;
  for (const { at } of cells) {
    const value = own(at, dimension) ?? '';
    if (value === '') continue;
    const ofValue = new Set(actions.get(value));
    const parts = (lines.get(keyOf(at, rest)) ?? []).filter((part) => ofValue.has(part.at['action'] ?? ''));
    relateCells(numbers, [grouping, at], [below, parts]);
  }
}

function relateCells(
  numbers: Numbers,
  [above, at]: readonly [grouping: string, at: At],
  [below, parts]: readonly [grouping: string, cells: readonly Cell[]],
): void {
  for (const measure of numbers.measures.get(above) ?? []) {
    if (!numbers.measures.get(below)?.has(measure)) continue;
    const there = parts.filter(({ of }) => of.has(measure)).map((part) => numbers.find(below, part.at, measure));
    const total = numbers.find(above, at, measure);
    if (there.length > 0 || total.value !== 0) numbers.relate(total, there);
  }
}

function linesOf(cells: readonly Cell[], dimensions: readonly string[]): ReadonlyMap<string, readonly Cell[]> {
  const lines = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = keyOf(cell.at, dimensions);
    const line = lines.get(key);
    if (line) line.push(cell);
    else lines.set(key, [cell]);
  }
  return lines;
}

function keyOf(at: At, dimensions: readonly string[]): string {
  return JSON.stringify(dimensions.map((dimension) => own(at, dimension) ?? ''));
}
