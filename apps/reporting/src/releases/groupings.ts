import { DIMENSIONS, type DimensionName } from '../dimensions/dimensions.js';

/** The dimensions that are crossed with each other in a release: what committees and evaluators ask for. */
const CROSSED: readonly DimensionName[] = ['action', 'basin', 'carrier', 'section', 'size', 'year'];

/** Crossed with some alone: with all of them, little would be left to tell. */
const BESIDE: readonly (readonly [DimensionName, DimensionName])[] = [
  ['basin', 'wave'],
  ['year', 'wave'],
  ['size', 'wave'],
  ['section', 'wave'],
  ['year', 'theme'],
  ['basin', 'theme'],
  ['size', 'theme'],
  ['basin', 'origin'],
  ['year', 'origin'],
];

/** Every set of dimensions that a release has a table for: none, each, and pairs. */
export const GROUPINGS: readonly (readonly DimensionName[])[] = [
  [],
  ...DIMENSIONS.filter(({ name }) => name !== 'programme').map(({ name }): DimensionName[] => [name]),
  ...CROSSED.flatMap((a, i) => CROSSED.slice(i + 1).map((b) => inOrder([a, b]))),
  ...BESIDE.map(inOrder),
];

function inOrder(dimensions: readonly string[]): DimensionName[] {
  return DIMENSIONS.map(({ name }) => name).filter((name) => dimensions.includes(name));
}

/** `basin+size`; the order in which they are asked does not matter. */
export const groupingOf = (dimensions: readonly string[]): string => inOrder(dimensions).join('+');

/** Whether a release has a table for these. */
export const isReleased = (dimensions: readonly string[]): boolean =>
  dimensions.every((name) => DIMENSIONS.some((d) => d.name === name)) &&
  GROUPINGS.some((grouping) => grouping.join('+') === groupingOf(dimensions));
