import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { Reactions } from '@gpect/service-kit/inbox/event-handler';
import { type AssignmentCommand, assignment } from './assignment.js';

const on = ({ programme, siret }: { programme: string; siret: string }, command: AssignmentCommand) => [
  target(assignment, inProgramme(programme, siret), command),
];

/** An assignment opens by itself when a firm is enrolled, pauses and goes on with it, and closes when it completes or leaves. */
export const assignmentReactions: Reactions = {
  kind: 'reactions',
  on: {
    'fr.gpect.enrolment.firm-enrolled.v1': ({ data: { programme, action, basin, siret, enrolledOn } }) =>
      on({ programme, siret }, { kind: 'open', firm: { programme, action, basin, siret, enrolledOn } }),
    'fr.gpect.enrolment.firm-suspended.v1': ({ data: { suspendedOn, reason, ...firm } }) =>
      on(firm, { kind: 'pause', suspendedOn, reason }),
    // A firm that was deferred had no assignment yet.
    'fr.gpect.enrolment.firm-resumed.v1': ({ data: { resumedOn, from, ...firm } }) =>
      from === 'SUSPENDED' ? on(firm, { kind: 'resume', resumedOn }) : [],
    'fr.gpect.enrolment.firm-completed.v1': ({ data }) =>
      on(data, { kind: 'close', outcome: 'COMPLETED', closedOn: data.completedOn }),
    'fr.gpect.enrolment.firm-abandoned.v1': ({ data }) =>
      on(data, { kind: 'close', outcome: 'ABANDONED', ...(data.abandonedOn ? { closedOn: data.abandonedOn } : {}) }),
  },
};
