import { valuesOf } from '@gpect/contracts/event-contracts';
import { VALUES_IN_FRENCH } from '@gpect/contracts/values-in-french';
import { inProgramme } from '@gpect/domain-values/identifiers';
import type { LineImport } from '@gpect/file-imports/line-import';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { type AssignmentCommand, assignment } from './assignment.js';

const STAGES = valuesOf('Stage');
const THEMES = valuesOf('Theme');
const PARTICIPANTS = valuesOf('Participant');

/** A consultants' firm's file of sessions: one line is one session in one firm. */
export function sessionsFile(programme: string, today: string): LineImport {
  return {
    columns: [
      { name: 'session_id', holds: 'id', aliases: ['n° séance', 'séance', 'id séance', 'session', 'numéro de séance'] },
      { name: 'siret', holds: 'siret', aliases: ['n° siret', 'numéro siret', 'siret entreprise'] },
      { name: 'consultant', aliases: ['code consultant', 'intervenant'] },
      { name: 'date', holds: 'day', aliases: ['date de séance', 'date séance', 'date de la séance'] },
      { name: 'half_days', aliases: ['demi-journées', 'nb demi-journées', 'nombre de demi-journées'] },
      { name: 'stage', aliases: ['étape', 'phase'] },
      { name: 'theme', aliases: ['thématique'] },
      { name: 'participants' },
    ],
    columnOf: { session: 'session_id', heldOn: 'date', halfDays: 'half_days' },
    toLine: (cells) => {
      const siret = cells.siret('siret');
      const session = {
        session: cells.reference('session_id'),
        consultant: cells.reference('consultant'),
        heldOn: cells.day('date'),
        halfDays: cells.integer('half_days'),
        stage: cells.oneOf('stage', STAGES, VALUES_IN_FRENCH.Stage),
        theme: cells.oneOf('theme', THEMES, VALUES_IN_FRENCH.Theme),
        participants: cells.severalOf('participants', PARTICIPANTS, VALUES_IN_FRENCH.Participant),
      };
      const command: AssignmentCommand = { kind: 'record-session', session, today };
      return cells.done(() => ({
        target: target(assignment, inProgramme(programme, siret), command),
        asks: [{ operation: 'recordSession', column: 'siret', path: { programme, siret }, body: session }],
      }));
    },
  };
}
