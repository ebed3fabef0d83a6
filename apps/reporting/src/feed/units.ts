import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Unit } from '../cube/cell.js';
import { DIMENSIONS, type Dimension } from '../dimensions/dimensions.js';
import { ESTIMATES } from '../estimates/registry.js';
import type { ActionDocument, FirmDocument, ProgrammeDocument, ReadModel } from '../facts/documents.js';
import type { Fact } from '../facts/fact.js';
import { firmData } from '../facts/firm-data.js';
import type { RecordName } from '../figures/figure.js';
import { FIGURES } from '../figures/registry.js';
import { marksOf } from '../warnings/watch.js';

/** What units look at beside their own documents. */
export interface Surroundings {
  readonly programmes: ReadonlyMap<string, Pick<ProgrammeDocument, 'targetHeadcount'>>;
  readonly actions: ReadonlyMap<string, ActionDocument>;
  /** Whether the whole history is read that something of this name is kept of. */
  isWhole(keeper: string): boolean;
  /** By what a firm is known in every programme, whichever of its SIRET is meant. */
  knownBy(siret: string): string;
}

/**
 * One firm of a programme, under all its SIRET. It stands where the one stands that signed, and what was paid under any of
 * its SIRET counts by the dates of that one. Where none signed, each SIRET is a unit of its own.
 */
export function firmUnits(group: readonly FirmDocument[], around: Surroundings): Unit[] {
  const units = unitsOf(group, around);
  return units.length > 1 ? units.map((unit) => ({ ...unit, isFirmOfSeveral: true })) : units;
}

function unitsOf(group: readonly FirmDocument[], around: Surroundings): Unit[] {
  const main = [...group].sort((a, b) => (a._id < b._id ? -1 : 1)).find((firm) => firm.enrolledOn);
  if (!main) return group.map((firm) => unitOf(firm, [firm], around));
  // Another SIRET that signed by itself is a firm by itself.
  const others = group.filter((firm) => firm !== main && firm.enrolledOn);
  const together = group.filter((firm) => !others.includes(firm));
  return [unitOf(main, together, around), ...others.map((firm) => unitOf(firm, [firm], around))];
}

function unitOf(main: FirmDocument, documents: readonly FirmDocument[], around: Surroundings): Unit {
  const { programme, siret, enrolledOn, completedOn } = main;
  const targetHeadcount = around.programmes.get(programme)?.targetHeadcount ?? 0;
  const dates = { ...(enrolledOn ? { enrolledOn } : {}), ...(completedOn ? { completedOn } : {}) };
  const facts: Fact[] = [];
  let marks = {};
  for (const firm of documents) {
    const data = firmData(firm, { dates, targetHeadcount, isWhole: around.isWhole });
    if (firm === main) marks = marksOf(data);
    for (const { facts: said } of [...FIGURES, ...ESTIMATES]) facts.push(...(said?.(data) ?? []));
  }
  return { id: main._id, programme, firm: around.knownBy(siret), place: placeOf(main, around), facts, marks };
}

/** What units of no firm's case are called by, before the id of their document. */
const PREFIX: Readonly<Record<RecordName, string>> = {
  workshops: 'workshop',
  actions: 'action',
  exchanges: 'exchange',
  projects: 'project',
  programmes: 'programme',
  persons: 'person',
};

export const RECORDS = Object.keys(PREFIX) as readonly RecordName[];

export const recordUnitId = (name: RecordName, id: string): string => `${PREFIX[name]} ${id}`;

/** A workshop, an action, …: where its action stands, in the first of its basins. A person stands behind it as a firm does. */
export function recordUnit<Name extends RecordName>(name: Name, record: ReadModel[Name], around: Surroundings): Unit {
  const programme = 'programme' in record ? record.programme : record._id;
  const action = 'action' in record ? record.action : undefined;
  const [basin] = (action === undefined ? undefined : around.actions.get(inProgramme(programme, action)))?.basins ?? [];
  const id = recordUnitId(name, record._id);
  return {
    id,
    programme,
    ...(name === 'persons' ? { firm: id } : {}),
    place: placeOf({ programme, siret: '', ...(action ? { action } : {}), ...(basin ? { basin } : {}) }, around),
    facts: FIGURES.flatMap((figure) => figure.factsOf?.[name]?.(record) ?? []),
  };
}

function placeOf(firm: Omit<FirmDocument, '_id'>, { actions }: Surroundings): Unit['place'] {
  const action = firm.action === undefined ? undefined : actions.get(inProgramme(firm.programme, firm.action));
  return Object.fromEntries(
    DIMENSIONS.map(({ name, valuesOf }: Dimension) => [name, valuesOf?.({ firm, action }) ?? []]),
  );
}
