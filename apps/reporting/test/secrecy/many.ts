import type { Relation, Variable } from '../../src/secrecy/variable.js';
import { random } from './programme.js';

/**
 * Crosses of 25 rows by 40 columns with their totals, each of three figures of which the first is the sum of the others: a
 * system as large as wanted (3198 numbers and 1267 relations each).
 */
export function manyTables(crosses: number): { variables: Variable[]; relations: Relation[] } {
  const next = random(crosses);
  const variables: Variable[] = [];
  const relations: Relation[] = [];
  const [rows, columns] = [[...Array(25).keys()], [...Array(40).keys()]];
  for (let cross = 0; cross < crosses; cross++) {
    const name = (figure: string, place: string) => `${cross} ${figure} ${place}`;
    const add = (figure: string, place: string, value: number, cost: number) =>
      variables.push({
        ...{ id: name(figure, place), value, firms: value, largest: 1, isAmount: false, told: true },
        cost: cost * (1 + Math.log2(1 + value)),
      });
    const figures = ['b', 'c'].map((figure) => ({
      figure,
      values: rows.map(() => columns.map(() => Math.floor(next() ** 3 * 12))),
    }));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const both = rows.map((r) => columns.map((c) => sum(figures.map(({ values }) => values[r]?.[c] ?? 0))));
    for (const { figure, values } of [{ figure: 'a', values: both }, ...figures]) {
      add(figure, 'all', sum(values.map(sum)), 1000);
      for (const r of rows) add(figure, `row ${r}`, sum(values[r] ?? []), 25);
      for (const c of columns) add(figure, `column ${c}`, sum(values.map((row) => row[c] ?? 0)), 25);
      for (const r of rows) for (const c of columns) add(figure, `${r} ${c}`, values[r]?.[c] ?? 0, 1);
      const relate = (total: string, parts: string[]) =>
        relations.push({ total: name(figure, total), parts: parts.map((part) => name(figure, part)), disjoint: true });
      relate(
        'all',
        rows.map((r) => `row ${r}`),
      );
      relate(
        'all',
        columns.map((c) => `column ${c}`),
      );
      for (const r of rows)
        relate(
          `row ${r}`,
          columns.map((c) => `${r} ${c}`),
        );
      for (const c of columns)
        relate(
          `column ${c}`,
          rows.map((r) => `${r} ${c}`),
        );
    }
    const everywhere = ['all', ...rows.map((r) => `row ${r}`), ...columns.map((c) => `column ${c}`)];
    for (const place of [...everywhere, ...rows.flatMap((r) => columns.map((c) => `${r} ${c}`))])
      relations.push({ total: name('a', place), parts: [name('b', place), name('c', place)], disjoint: true });
  }
  return { variables, relations };
}
