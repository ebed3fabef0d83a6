import { valuesOf } from '@gpect/contracts/event-contracts';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { readSiret } from '@gpect/domain-values/siret';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { Caller } from '@gpect/service-kit/http/caller';
import { dateCell, siretCell } from '@gpect/service-kit/imports/cell-rules';
import { CellReader, type LineImport } from '@gpect/service-kit/imports/line-import';
import { findActions, type KnownAction } from '@gpect/service-kit/rights/known-actions';
import { mayAct } from '@gpect/service-kit/rights/rights';
import type mongoose from 'mongoose';
import { actionsOfFirms } from '../invitations/enrolled-firms.js';
import { type WorkshopCommand, workshop } from './workshop.js';

const THEMES = valuesOf('Theme');

/** A carrier's file of planned workshops: one line is one workshop. */
export function workshopsFile(connection: mongoose.Connection, programme: string, caller: Caller): LineImport {
  let known = new Map<string, KnownAction>();
  return {
    columns: ['workshop_id', 'action', 'date', 'theme', 'invited'],
    columnOf: { workshop: 'workshop_id', action: 'action', heldOn: 'date' },
    prepare: async (lines) => {
      known = await findActions(
        connection,
        lines.map((line) => inProgramme(programme, (line['action'] ?? '').trim())),
      );
    },
    toTarget: (line) => {
      const cells = new CellReader(line);
      const action = cells.text('action');
      const id = cells.text('workshop_id');
      const planned = {
        programme,
        action,
        workshop: id,
        plannedOn: dateCell(cells, 'date', 'iso'),
        theme: cells.oneOf('theme', THEMES),
        expectedFirms: cells.integer('invited', 0, 1_000_000),
      };
      refuseOthers(cells, 'action', caller, known.get(inProgramme(programme, action)));
      const command: WorkshopCommand = {
        kind: 'plan',
        workshop: planned,
        actionKnown: known.has(inProgramme(programme, action)),
      };
      return cells.done(() => target(workshop, inProgramme(programme, id), command));
    },
  };
}

/** A carrier's file of attendance: one line is one firm at one workshop. */
export function attendanceFile(
  connection: mongoose.Connection,
  programme: string,
  today: string,
  caller: Caller,
): LineImport {
  let firms = new Map<string, string>();
  let known = new Map<string, KnownAction>();
  return {
    columns: ['workshop_id', 'siret', 'attendance'],
    columnOf: { workshop: 'workshop_id', siret: 'siret', attendance: 'attendance' },
    prepare: async (lines) => {
      const sirets = lines.flatMap((line) => {
        const read = readSiret(line['siret'] ?? '');
        return read.ok ? [read.value.siret] : [];
      });
      firms = await actionsOfFirms(connection, programme, [...new Set(sirets)]);
      known = await findActions(connection, [...firms.values()]);
    },
    toTarget: (line) => {
      const cells = new CellReader(line);
      const id = cells.text('workshop_id');
      const siret = siretCell(cells, 'siret');
      const attendance = cells.oneOf('attendance', ['PRESENT', 'ABSENT'] as const);
      refuseOthers(cells, 'siret', caller, known.get(firms.get(siret) ?? ''));
      const command: WorkshopCommand = {
        kind: 'record-attendance',
        siret,
        attendance,
        firmAction: firms.get(siret),
        today,
      };
      return cells.done(() => target(workshop, inProgramme(programme, id), command));
    },
  };
}

/** A carrier writes in its own actions. */
function refuseOthers(cells: CellReader, column: string, caller: Caller, action: KnownAction | undefined): void {
  if (action && !mayAct(caller, ['state', 'region', 'carrier'], { carriers: action.carriers ?? [] }))
    cells.refuse(column, 'not_yours', `action ${action._id} is carried by ${action.carriers?.join(', ')}`);
}
