import { valuesOf } from '@gpect/contracts/event-contracts';
import { VALUES_IN_FRENCH } from '@gpect/contracts/values-in-french';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { findActions, type KnownAction } from '@gpect/enrolment-facts/known-actions';
import type { ImportColumn } from '@gpect/file-imports/import-columns';
import type { LineImport } from '@gpect/file-imports/line-import';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type mongoose from 'mongoose';
import { actionsOfFirms } from '../invitations/enrolled-firms.js';
import { type WorkshopCommand, workshop } from './workshop.js';

const THEMES = valuesOf('Theme');
const ATTENDANCE = ['PRESENT', 'ABSENT'] as const;
const EXCUSED = ['absent excusé', 'absente excusée'];
const ATTENDANCE_WORDS = {
  PRESENT: ['présent', 'présente', 'présents', 'présentes', 'oui', 'o', 'p', 'x', '1', '✓', '✔', '✅', '☑'],
  ABSENT: ['absent', 'absente', 'absents', 'absentes', 'non', 'n', 'a', '0', 'excusé', 'excusée', ...EXCUSED],
};
const WORKSHOP_ID: ImportColumn = {
  name: 'workshop_id',
  holds: 'id',
  aliases: ['atelier', 'n° atelier', 'id atelier', 'code atelier', 'numéro atelier'],
};

/** A carrier's file of planned workshops: one line is one workshop. */
export function workshopsFile(connection: mongoose.Connection, programme: string): LineImport {
  let known = new Map<string, KnownAction>();
  return {
    columns: [
      WORKSHOP_ID,
      { name: 'action', aliases: ['code action', 'action collective'] },
      { name: 'date', holds: 'day', aliases: ["date de l'atelier", 'date atelier', 'prévu le'] },
      { name: 'theme', aliases: ['thématique'] },
      { name: 'invited', aliases: ['invités', 'nb invités', 'entreprises invitées'] },
    ],
    mayBePending: true,
    columnOf: { workshop: 'workshop_id', plannedOn: 'date', heldOn: 'date', expectedFirms: 'invited' },
    prepare: async (lines) => {
      known = await findActions(
        connection,
        lines.map((cells) => inProgramme(programme, cells.code('action'))),
      );
    },
    toLine: (cells) => {
      const action = cells.code('action');
      const id = cells.reference('workshop_id');
      const planned = {
        programme,
        action,
        workshop: id,
        plannedOn: cells.day('date'),
        theme: cells.oneOf('theme', THEMES, VALUES_IN_FRENCH.Theme),
        expectedFirms: cells.integer('invited'),
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
    columns: [
      WORKSHOP_ID,
      { name: 'siret', holds: 'siret', aliases: ['n° siret', 'numéro siret', 'siret entreprise'] },
      { name: 'attendance', aliases: ['présence', 'présent/absent'] },
    ],
    columnOf: { workshop: 'workshop_id' },
    prepare: async (lines) => {
      const sirets = lines.map((cells) => cells.siret('siret')).filter((siret) => siret !== '');
      firms = await actionsOfFirms(connection, programme, [...new Set(sirets)]);
    },
    toLine: (cells) => {
      const id = cells.reference('workshop_id');
      const siret = cells.siret('siret');
      const attendance = cells.oneOf('attendance', ATTENDANCE, ATTENDANCE_WORDS);
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
