import { own } from '@gpect/domain-values/records';

type At = Readonly<Record<string, string>>;

/** `basin+size` as its dimensions. */
export function dimensionsOf(grouping: string): readonly string[] {
  return grouping === '' ? [] : grouping.split('+');
}

/** The one name of a grouping, in whatever order its dimensions are given. */
export function groupingOf(dimensions: readonly string[]): string {
  return [...dimensions].sort().join('+');
}

/** What a measure of a cell is known by among all variables. */
export function variableId(grouping: string, at: At, measure: string): string {
  const dimensions = grouping.includes('+') ? [...dimensionsOf(grouping)].sort() : dimensionsOf(grouping);
  return JSON.stringify([dimensions.join('+'), ...dimensions.map((dimension) => own(at, dimension) ?? ''), measure]);
}

/** Whether a cell is told: none is of firms without a value of one of its dimensions. */
export function isTold(grouping: string, at: At): boolean {
  return dimensionsOf(grouping).every((dimension) => (own(at, dimension) ?? '') !== '');
}

/** Tables by the one name of their grouping. */
export function byGrouping<C>(tables: ReadonlyMap<string, readonly C[]>): ReadonlyMap<string, readonly C[]> {
  return new Map([...tables].map(([grouping, cells]) => [groupingOf(dimensionsOf(grouping)), cells]));
}

/** The measure in a variable's id. */
export function measureOf(id: string): string {
  return (JSON.parse(id) as string[]).at(-1) ?? '';
}

/** Whether a number is of the programme as a whole: the last to be masked for another's sake. */
export const isOfWhole = ({ id }: { readonly id: string }): boolean => id.startsWith('["",');
