import { inProgramme } from '@gpect/domain-values/identifiers';
import { nafSection } from '@gpect/domain-values/naf';
import { sizeBand } from '@gpect/domain-values/size-band';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type mongoose from 'mongoose';
import type { FirmData } from '../indicators/firm-facts.js';
import type { ActionDocument, FirmDocument, ProgrammeDocument, WorkshopDocument } from '../read-model/documents.js';
import { readModelOf } from '../read-model/store.js';
import type { Place } from './dimensions.js';
import type { CountedFirm, CountedWorkshop, WorkshopData } from './documents.js';
import type { Unit } from './unit.js';

export type StoredFirm = FirmDocument & CountedFirm;
export type StoredWorkshop = WorkshopDocument & CountedWorkshop;

/** Units as they are now, by id of their document. */
export interface Units {
  readonly firms: ReadonlyMap<string, { readonly stored: StoredFirm; readonly now: Unit<FirmData> }>;
  readonly workshops: ReadonlyMap<string, { readonly stored: StoredWorkshop; readonly now: Unit<WorkshopData> }>;
}

/** What units look at beside themselves. */
interface Surroundings {
  readonly programmes: ReadonlyMap<string, ProgrammeDocument>;
  readonly actions: ReadonlyMap<string, ActionDocument>;
  /** By id of a firm that moved: the document of the firm that it is now. */
  readonly mains: ReadonlyMap<string, FirmDocument>;
}

export async function loadUnits(
  connection: mongoose.Connection,
  firms: readonly StoredFirm[],
  workshops: readonly StoredWorkshop[],
  session: Session | undefined,
): Promise<Units> {
  const around = await surroundingsOf(connection, firms, workshops, session);
  return {
    firms: new Map(firms.map((stored) => [stored._id, { stored, now: firmUnit(stored, around) }])),
    workshops: new Map(workshops.map((stored) => [stored._id, { stored, now: workshopUnit(stored, around) }])),
  };
}

function firmUnit(stored: StoredFirm, around: Surroundings): Unit<FirmData> {
  const { _id, counted: _counted, dirty: _dirty, ...firm } = stored;
  const main = stored.enrolledOn ? stored : (around.mains.get(_id) ?? stored);
  const { enrolledOn, completedOn } = main;
  return {
    place: placeOf(main, around),
    data: {
      firm,
      dates: { ...(enrolledOn ? { enrolledOn } : {}), ...(completedOn ? { completedOn } : {}) },
      targetHeadcount: around.programmes.get(firm.programme)?.targetHeadcount ?? 0,
    },
  };
}

function placeOf({ programme, action, basin, naf, headcount }: FirmDocument, around: Surroundings): Place {
  const carriers = action ? around.actions.get(inProgramme(programme, action))?.carriers : undefined;
  const section = naf ? nafSection(naf) : undefined;
  return {
    programme,
    ...(action ? { action } : {}),
    ...(basin ? { basin } : {}),
    ...(carriers ? { carrier: carriers.map((c) => c.code) } : {}),
    ...(section ? { section } : {}),
    ...(headcount === undefined ? {} : { size: sizeBand(headcount) }),
  };
}

function workshopUnit({ programme, action, heldOn }: StoredWorkshop, around: Surroundings): Unit<WorkshopData> {
  const { basins, carriers } = around.actions.get(inProgramme(programme, action)) ?? {};
  const [basin] = basins ?? [];
  return {
    place: {
      programme,
      action,
      ...(basin ? { basin } : {}),
      ...(carriers ? { carrier: carriers.map((c) => c.code) } : {}),
    },
    data: { heldOn },
  };
}

async function surroundingsOf(
  connection: mongoose.Connection,
  firms: readonly FirmDocument[],
  workshops: readonly WorkshopDocument[],
  session: Session | undefined,
): Promise<Surroundings> {
  const options = session ? { session } : {};
  const mains = await mainsOf(connection, firms, options);
  const placed = [...firms, ...mains.values(), ...workshops];
  const actionIds = [...new Set(placed.flatMap((p) => (p.action ? [inProgramme(p.programme, p.action)] : [])))];
  const [programmes, actions] = [
    await readModelOf(connection, 'programmes')
      .find({ _id: { $in: [...new Set(placed.map((p) => p.programme))] } }, null, options)
      .lean(),
    await readModelOf(connection, 'actions')
      .find({ _id: { $in: actionIds } }, null, options)
      .lean(),
  ];
  return {
    programmes: new Map(programmes.map((p) => [p._id, p])),
    actions: new Map(actions.map((a) => [a._id, a])),
    mains,
  };
}

/** For each firm that moved and did not enroll itself: the firm that enrolled under one of its other SIRET. */
async function mainsOf(
  connection: mongoose.Connection,
  firms: readonly FirmDocument[],
  options: { session?: Session },
): Promise<Map<string, FirmDocument>> {
  const moving = firms.filter((firm) => !firm.enrolledOn);
  const groups = await movedGroups(connection, [...new Set(moving.map((f) => f.siret))], options);
  if (groups.size === 0) return new Map();
  const ids = moving.flatMap(({ programme, siret }) =>
    [...(groups.get(siret) ?? [])].map((other) => inProgramme(programme, other)),
  );
  const found = await readModelOf(connection, 'firms')
    .find({ _id: { $in: [...new Set(ids)] }, enrolledOn: { $exists: true } }, null, options)
    .sort({ _id: 1 })
    .lean();
  const byId = new Map(found.map((f) => [f._id, f]));
  return new Map(
    moving.flatMap(({ _id, programme, siret }) => {
      const main = [...(groups.get(siret) ?? [])].sort().flatMap((s) => byId.get(inProgramme(programme, s)) ?? [])[0];
      return main ? [[_id, main] as const] : [];
    }),
  );
}

/** Of these SIRET, those that moved, each with all the SIRET of the same firm; moves chain. */
export async function movedGroups(
  connection: mongoose.Connection,
  sirets: readonly string[],
  options: { session?: Session },
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const groups = new Map<string, Set<string>>();
  let ask = [...new Set(sirets)];
  const asked = new Set<string>();
  while (ask.length > 0) {
    for (const siret of ask) asked.add(siret);
    const moves = await readModelOf(connection, 'moves')
      .find({ $or: [{ _id: { $in: ask } }, { successor: { $in: ask } }] }, null, options)
      .lean();
    for (const { _id, successor } of moves) {
      const group = new Set([...(groups.get(_id) ?? [_id]), ...(groups.get(successor) ?? [successor])]);
      for (const siret of group) groups.set(siret, group);
    }
    ask = [...new Set(moves.flatMap(({ _id, successor }) => [_id, successor]))].filter((s) => !asked.has(s));
  }
  return groups;
}
