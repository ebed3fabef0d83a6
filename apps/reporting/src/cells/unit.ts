import type { Place } from './dimensions.js';
import { type Fact, withCounts } from './measures.js';

/**
 * Something that counts in cells: where it stands and what it says, day by day. Its facts are a pure function of it, so
 * what was counted of it before can be taken back exactly.
 */
export interface Unit<Data> {
  readonly place: Place;
  readonly data: Data;
}

/** By kind of unit, what it says. */
export type FactsOf<Data> = (data: Data) => readonly Fact[];

export function countedFacts<Data>(unit: Unit<Data> | undefined, factsOf: FactsOf<Data>): readonly Fact[] {
  return unit ? withCounts(factsOf(unit.data)) : [];
}
