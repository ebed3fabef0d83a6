import { valuesOf } from '@gpect/contracts/event-contracts';
import type { Values } from '@gpect/contracts/generated/events';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { dateCell, siretCell } from '@gpect/service-kit/imports/cell-rules';
import { CellReader, type LineImport } from '@gpect/service-kit/imports/line-import';
import { type AssignmentCommand, assignment } from './assignment.js';

const STAGES = valuesOf('Stage');
const THEMES = valuesOf('Theme');
const PARTICIPANTS = valuesOf('Participant');

/** A consultants' firm's file of sessions: one line is one session in one firm. */
export function sessionsFile(programme: string, today: string): LineImport {
  return {
    columns: ['session_id', 'siret', 'consultant', 'date', 'half_days', 'stage', 'theme', 'participants'],
    columnOf: { session: 'session_id', siret: 'siret', heldOn: 'date', stage: 'stage' },
    toLine: (line) => {
      const cells = new CellReader(line);
      const siret = siretCell(cells, 'siret');
      const session = {
        session: cells.text('session_id'),
        consultant: cells.text('consultant'),
        heldOn: dateCell(cells, 'date', 'iso'),
        halfDays: cells.integer('half_days', 1, 10),
        stage: cells.oneOf('stage', STAGES),
        theme: cells.oneOf('theme', THEMES),
        participants: cells.read(
          'participants',
          readParticipants,
          `name one or more of ${PARTICIPANTS.join(', ')}, separated by |`,
        ),
      };
      const command: AssignmentCommand = { kind: 'record-session', session, today };
      return cells.done(() => ({
        target: target(assignment, inProgramme(programme, siret), command),
        asks: [{ operation: 'recordSession', column: 'siret', path: { programme, siret }, body: session }],
      }));
    },
  };
}

function readParticipants(text: string) {
  const named = [...new Set(text.split('|').map((name) => name.trim()))];
  const known = named.filter((name): name is Values['Participant'] => PARTICIPANTS.some((p) => p === name));
  return known.length === named.length ? ok(known) : fail('value_unknown');
}
