import type { DisclosureRule } from '@gpect/domain-values/disclosure';
import type { Cell, Rest, Stat } from '../cube/cell.js';
import type { Cube } from '../cube/cube.js';
import { DIMENSIONS, type Dimension, valuesOfAction } from '../dimensions/dimensions.js';
import type { ActionDocument } from '../facts/documents.js';
import { COUNTS, FIGURES, figureCalled, isAmount, isSecretFree } from '../figures/registry.js';
import { sumsOf } from '../figures/sums.js';
import { EVERYTHING, fewBehind, isAmong } from '../secrecy/few-behind.js';
import { dimensionsOf, groupingOf, isTold, variableId } from '../secrecy/grouping.js';
import type { Manner } from '../secrecy/known.js';
import type { Carried, LatticeInputs, Tables } from '../secrecy/lattice-inputs.js';
import { baseOf, rounded } from '../secrecy/rounding.js';
import type { ToldNumber } from '../secrecy/told.js';
import type { IsMasked } from '../secrecy/told-estimate.js';
import { decided } from '../secrecy/told-numbers.js';
import { isVeiled } from '../secrecy/veiled.js';
import { isOfEstimates } from '../statistics/estimate.js';
import { type Before, carriedOf } from './carried.js';
import { GROUPINGS } from './groupings.js';
import { withChangesShown } from './paired.js';
import type { ReleasedCell } from './release.js';

/** Measures of a table: all that is known in tables of at most one dimension, figures alone in crosses. */
interface Measured {
  readonly measures: readonly string[] | undefined;
  readonly rests: readonly Rest[];
}

const isFigure = (measure: string): boolean => figureCalled(measure) !== undefined;

/** Whether a release tells a measure of these dimensions: parts of figures in tables of at most one. */
export const isMeasured = (grouping: readonly string[], measure: string): boolean =>
  grouping.length < 2 || isFigure(measure);

function measuredOf(cube: Pick<Cube, 'measures'>, grouping: readonly string[]): Measured {
  const rests = sumsOf(cube.measures());
  const all = cube.measures().filter((measure) => !isOfEstimates(measure));
  if (grouping.length < 2) return { measures: all.length < cube.measures().length ? all : undefined, rests };
  const ofFigures = rests.filter(({ total, parts }) => [total, ...parts].every(isFigure));
  return { measures: FIGURES.map(({ id }) => id), rests: ofFigures };
}

/** Every table of a release from a cube, or from the difference of two. */
export async function tablesFrom(
  cube: Cube,
  programme: string,
  all: readonly (readonly string[])[] = GROUPINGS,
): Promise<Tables<Cell>> {
  const tables = new Map<string, Cell[]>();
  for (const isCross of [false, true]) {
    const groupings = all.filter((grouping) => grouping.length >= 2 === isCross);
    const [first] = groupings;
    if (!first) continue;
    const cuts = await cube.askCuts({ programmes: [programme], ...measuredOf(cube, first) }, groupings);
    for (const [i, cells] of cuts.entries()) tables.set((groupings[i] ?? []).join('+'), cells);
  }
  return tables;
}

/** What it is decided from which numbers may be told. */
export interface ReleaseAsked {
  readonly tables: Tables<Cell>;
  /** Every measure that there is. */
  readonly measures: readonly string[];
  readonly actions: readonly ActionDocument[];
  readonly rule: DisclosureRule;
  /** The release before. */
  readonly before?: Before | undefined;
  /** By which cells of nothing are chosen to be masked. */
  readonly veil: string;
}

export interface ReleasedTables {
  readonly tables: ReadonlyMap<string, readonly ReleasedCell[]>;
  /** Numbers, and how many of them are masked. */
  readonly cells: number;
  readonly masked: number;
}

/** How all numbers of tables are told: what else is told of the same firms is held against it. */
export interface TablesDecided {
  readonly inputs: LatticeInputs;
  readonly carried: ReadonlyMap<string, Carried>;
  readonly manners: ReadonlyMap<string, Manner>;
}

/** @throws Error where nothing may be told */
export function decidedTables(asked: ReleaseAsked): TablesDecided {
  const { rule, before } = asked;
  const carried = before ? carriedOf(before, rule, isAmount) : new Map<string, Carried>();
  const inputs = { ...inputsOf(asked), carried };
  return { inputs, carried, manners: decided(inputs) };
}

/**
 * What may be told of tables, all of them together, and beside what was told before. Pure; it takes its time.
 * @throws Error where nothing may be
 */
export function releasedTables(
  asked: ReleaseAsked,
  { carried, manners }: TablesDecided = decidedTables(asked),
): ReleasedTables {
  const { rule, before, veil } = asked;
  const [whole] = asked.tables.get('') ?? [];
  const released = new Map<string, ReleasedCell[]>();
  const counts = { cells: 0, masked: 0 };
  for (const [grouping, cells] of asked.tables) {
    const dimensions = dimensionsOf(grouping);
    const there = new Map(cells.map((cell) => [JSON.stringify(cell.at), cell]));
    // What is there no more stays as it was told, too.
    for (const { at } of before?.tables.get(grouping) ?? [])
      if (!there.has(JSON.stringify(at))) there.set(JSON.stringify(at), { at, of: new Map() });
    const told = [...there.values()].filter(({ at }) => isTold(grouping, at));
    released.set(
      grouping,
      told.map((cell) => {
        const idOf = (measure: string) => variableId(grouping, cell.at, measure);
        const isNull = (measure: string) =>
          carried.get(idOf(measure))?.told === null || (grouping !== '' && isVeiled(veil, idOf(measure)));
        const absent = (whole ? [...whole.of.keys()] : []).filter(
          (measure) => isHideable(measure) && isMeasured(dimensions, measure) && !cell.of.has(measure),
        );
        const numbers = [
          ...[...cell.of]
            .filter(([measure]) => !measure.startsWith('~'))
            .map(([measure, stat]) => {
              const manner = manners.get(idOf(measure)) ?? { how: 'exact' };
              return [measure, numberOf(stat, manner, carried.get(idOf(measure)))] as const;
            }),
          ...absent.flatMap((measure): (readonly [string, ToldNumber])[] => {
            const kept = carried.get(idOf(measure));
            if (kept && kept.told !== null && kept.told[0] !== 0) return [[measure, kept.told]];
            return isNull(measure) ? [[measure, null]] : [];
          }),
        ];
        counts.cells += numbers.length;
        counts.masked += numbers.filter(([, number]) => number === null).length;
        const shown = grouping === '' ? withChangesShown(numbers, cell, rule.leastFirms) : numbers;
        const all = withoutFew(shown, cell, [...(whole?.of.keys() ?? [])], rule.leastFirms);
        return { at: cell.at, of: all.sort(([a], [b]) => (a < b ? -1 : 1)) };
      }),
    );
  }
  return { tables: released, ...counts };
}

/** What is of a few firms alone is hidden, what there is of it and what there is not; figures of no firm are told all the same. */
function withoutFew(
  numbers: readonly (readonly [string, ToldNumber])[],
  cell: Cell,
  measures: readonly string[],
  leastFirms: number,
): (readonly [string, ToldNumber])[] {
  const hidden = fewBehind(cell.of, SUMS, { leastFirms, isSecretFree });
  const known = new Set(numbers.map(([measure]) => measure));
  const ofNoFirm = hidden.has(EVERYTHING) ? measures.filter((m) => isSecretFree(m) && !known.has(m)) : [];
  return [
    ...numbers.map(
      ([measure, told]) => [measure, isSecretFree(measure) || !isAmong(hidden, measure) ? told : null] as const,
    ),
    ...[...hidden].filter((name) => !known.has(name)).map((name) => [name, null] as const),
    ...ofNoFirm.map((measure) => [measure, [0, 0]] as const),
  ];
}

const SUMS = FIGURES.flatMap(({ sums = [] }) => sums);

/** Whether told tables mask a number; one that none of them has is not masked. */
export function maskedIn(tables: ReleasedTables['tables']): IsMasked {
  const masked = new Map(
    [...tables].flatMap(([grouping, cells]) =>
      cells.map(({ at, of }) => {
        const names = of.flatMap(([measure, told]) => (told === null ? [measure] : []));
        return [variableId(grouping, at, ''), new Set(names)] as const;
      }),
    ),
  );
  return (measure, at) => isAmong(masked.get(variableId(groupingOf(Object.keys(at)), at, '')) ?? new Set(), measure);
}

/** Whether a measure is told at all, and may give a firm away. */
const isHideable = (measure: string): boolean => !measure.startsWith('~') && !isSecretFree(measure);

/** To what counts are rounded at least. */
const COUNTS_TO = baseOf({ largest: 1 }, false);

function numberOf({ value, firms }: Stat, manner: Manner, kept: Carried | undefined): ToldNumber {
  if (manner.how === 'masked') return null;
  if (kept) return kept.told;
  const isCount = value === firms;
  const behind = firms === 0 ? 0 : rounded(firms, COUNTS_TO);
  // Firms behind sessions or amounts are a count of their own, which no sum was looked at for.
  if (manner.how !== 'rounded') return [value, isCount ? firms : behind];
  return [rounded(value, manner.base), behind];
}

function inputsOf({ tables, measures, actions, rule, veil }: ReleaseAsked): LatticeInputs {
  return {
    rule,
    tables,
    several: new Set(DIMENSIONS.filter(({ of }) => of === 'firm, several').map(({ name }) => name)),
    ofAction: ofAction(actions),
    overlapping: new Set(DIMENSIONS.filter(({ of }) => of === 'fact').map(({ name }) => name)),
    families: sumsOf(measures).map(({ measure, total, parts }) => ({ total, parts: [...parts, measure] })),
    isAmount,
    isSecretFree,
    dearest: [...COUNTS, ...FIGURES.map(({ id }) => id)],
    veil,
  };
}

/** By dimension that follows from the action: of each value, its actions. */
function ofAction(actions: readonly ActionDocument[]): Map<string, Map<string, string[]>> {
  const all = DIMENSIONS.filter((d: Dimension) => d.isOfAction && d.name !== 'action');
  return new Map(
    all.map((dimension: Dimension) => {
      const byValue = new Map<string, string[]>();
      for (const action of actions) {
        for (const value of valuesOfAction(dimension, action))
          byValue.set(value, [...(byValue.get(value) ?? []), action.action]);
      }
      return [dimension.name, byValue];
    }),
  );
}

/** What speaks of no firm; not the texts of committees, which may name one. */
const TOLD_OF_ACTIONS: readonly (keyof ActionDocument)[] = [
  '_id',
  'programme',
  'action',
  'name',
  'basins',
  'carriers',
  'startsOn',
  'call',
  'project',
  'targetFirms',
  'plan',
  'phasesStarted',
  'platforms',
  'platformLives',
  'cooperation',
];

/** What actions say of themselves, without counts of too few firms. */
export function actionsTold(actions: readonly ActionDocument[], { leastFirms }: DisclosureRule): ActionDocument[] {
  const told = (firms: number | null) => (firms !== null && firms > 0 && firms < leastFirms ? null : firms);
  return actions.map((action) => {
    const { visions } = action;
    return {
      ...Object.fromEntries(TOLD_OF_ACTIONS.flatMap((field) => (action[field] ? [[field, action[field]]] : []))),
      ...(visions
        ? {
            visions: Object.fromEntries(
              Object.entries(visions).map(([version, vision]) => [
                version,
                {
                  ...vision,
                  firms: told(vision.firms),
                  issues: vision.issues.map((issue) => ({ ...issue, firms: told(issue.firms) })),
                },
              ]),
            ),
          }
        : {}),
    };
  }) as unknown as ActionDocument[];
}
