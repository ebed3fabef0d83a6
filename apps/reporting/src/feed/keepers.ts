import { DIMENSIONS, type Dimension } from '../dimensions/dimensions.js';
import { ESTIMATES } from '../estimates/registry.js';
import type { Keeper } from '../facts/keeper.js';
import { actions, actionsUnderWay } from '../facts/keepers/actions.js';
import { detection, merges, moves, watched } from '../facts/keepers/firms.js';
import { disclosure, programmes } from '../facts/keepers/programmes.js';
import { cooperation, platformLives, platforms } from '../facts/keepers/territory.js';
import { keptFor } from '../figures/figure.js';
import { FIGURES } from '../figures/registry.js';
import type { Estimate } from '../statistics/estimate.js';

/** What every figure rests on: which firm it is, and where it stands. */
const BASIS: readonly Keeper[] = [programmes, actions, detection, merges, moves];

/** Kept for lists and warnings. */
const BESIDE: readonly Keeper[] = [disclosure, actionsUnderWay, watched, platforms, platformLives, cooperation];

/** Everything that is kept of events, each once. */
export const KEEPERS: readonly Keeper[] = unique([
  ...BASIS,
  ...BESIDE,
  ...DIMENSIONS.flatMap(({ keeps = [] }: Dimension) => keeps),
  ...FIGURES.flatMap(keptFor),
  ...ESTIMATES.flatMap(({ keeps }) => keeps),
]);

function unique(keepers: readonly Keeper[]): Keeper[] {
  const byName = new Map<string, Keeper>();
  for (const keeper of keepers) {
    const known = byName.get(keeper.name);
    if (known && known !== keeper) throw new Error(`two keepers are called ${keeper.name}`);
    byName.set(keeper.name, keeper);
  }
  return [...byName.values()];
}

/** The figures that are not right while these keepers' history is being read. */
export function figuresOf(notWhole: ReadonlySet<string>): string[] {
  if (BASIS.some(({ name }) => notWhole.has(name))) return FIGURES.map(({ id }) => id);
  return FIGURES.filter(({ keeps }) => keeps.some(({ name }) => notWhole.has(name))).map(({ id }) => id);
}

/** The parts of figures that are not right meanwhile, as they are named in `partsKeep`. */
export function partsOf(notWhole: ReadonlySet<string>): string[] {
  return FIGURES.flatMap(({ partsKeep = {} }) => Object.entries(partsKeep))
    .filter(([, keeps]) => keeps.some(({ name }) => notWhole.has(name)))
    .map(([part]) => part);
}

/** Whether an estimate is right while these keepers' history is being read. */
export const isCounted = ({ keeps }: Estimate, notWhole: ReadonlySet<string>): boolean =>
  [...BASIS, ...keeps].every(({ name }) => !notWhole.has(name));

/** The dimensions that are not right meanwhile. */
export function dimensionsOf(notWhole: ReadonlySet<string>): string[] {
  return DIMENSIONS.filter(({ keeps = [] }: Dimension) => keeps.some(({ name }) => notWhole.has(name))).map(
    (d) => d.name,
  );
}
