import { valuesOf } from '@gpect/contracts/event-contracts';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { readSiret } from '@gpect/domain-values/siret';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { dateCell, siretCell } from '@gpect/service-kit/imports/cell-rules';
import { CellReader, type LineImport } from '@gpect/service-kit/imports/line-import';
import { findActions, type KnownAction } from '@gpect/service-kit/rights/known-actions';
import type mongoose from 'mongoose';
import { actionsOfFirms } from '../invitations/enrolled-firms.js';
import { type WorkshopCommand, workshop } from './workshop.js';

const THEMES = valuesOf('Theme');

/** A carrier's file of planned workshops: one line is one workshop. */
export function workshopsFile(connection: mongoose.Connection, programme: string): LineImport {
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
    toLine: (line) => {
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
      const command: WorkshopCommand = {
        kind: 'plan',
        workshop: planned,
        actionKnown: known.has(inProgramme(programme, action)),
      };
      return cells.done(() => ({
        target: target(workshop, inProgramme(programme, id), command),
        asks: [{ operation: 'planWorkshop', column: 'action', body: planned }],
      }));
    },
  };
}

/** A carrier's file of attendance: one line is one firm at one workshop. */
export function attendanceFile(connection: mongoose.Connection, programme: string, today: string): LineImport {
  let firms = new Map<string, string>();
  return {
    columns: ['workshop_id', 'siret', 'attendance'],
    columnOf: { workshop: 'workshop_id', siret: 'siret', attendance: 'attendance' },
    prepare: async (lines) => {
      const sirets = lines.flatMap((line) => {
        const read = readSiret(line['siret'] ?? '');
        return read.ok ? [read.value.siret] : [];
      });
      firms = await actionsOfFirms(connection, programme, [...new Set(sirets)]);
    },
    toLine: (line) => {
      const cells = new CellReader(line);
      const id = cells.text('workshop_id');
      const siret = siretCell(cells, 'siret');
      const attendance = cells.oneOf('attendance', ['PRESENT', 'ABSENT'] as const);
      const command: WorkshopCommand = {
        kind: 'record-attendance',
        siret,
        attendance,
        firmAction: firms.get(siret),
        today,
      };
      return cells.done(() => ({
        target: target(workshop, inProgramme(programme, id), command),
        asks: [
          {
            operation: 'recordAttendance',
            column: 'workshop_id',
            path: { programme, workshop: id },
            body: { siret, attendance },
          },
        ],
      }));
    },
  };
}
