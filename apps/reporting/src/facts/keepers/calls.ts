import { inProgramme } from '@gpect/domain-values/identifiers';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import type { Change } from '../change.js';
import { keeper } from '../keeper.js';

interface OfProject {
  readonly programme: string;
  readonly call: string;
  readonly project: string;
}

function projectChange({ programme, call, project }: OfProject, set: Change['set']): Change {
  return {
    collection: 'projects',
    id: inProgramme(programme, call, project),
    set: { programme, call, project, ...set },
  };
}

/** Calls for projects, and the versions of their criteria. */
export const calls = keeper('calls', {
  'fr.gpect.enrolment.call-for-projects-opened.v1': ({ data: { programme, call, opensOn } }) => [
    { collection: 'programmes', id: programme, set: { [`calls.${fieldName(call)}.opensOn`]: opensOn } },
  ],
  'fr.gpect.enrolment.call-criteria-revised.v1': ({ data: { programme, call, version, revisedOn } }) => [
    { collection: 'programmes', id: programme, set: { [`calls.${fieldName(call)}.revised.${version}`]: revisedOn } },
  ],
});

/** Projects, as they were submitted, scored and decided. */
export const projects = keeper('projects', {
  'fr.gpect.enrolment.project-submitted.v1': ({ data }) => [
    projectChange(data, { name: data.name, targetFirms: data.targetFirms, submittedOn: data.submittedOn }),
  ],
  'fr.gpect.enrolment.project-scored.v1': ({ data }) => [
    projectChange(data, {
      [`scores.${data.version} ${fieldName(data.scoredBy)}`]: {
        on: data.scoredOn,
        total: data.total,
        innovation: data.innovation,
      },
    }),
  ],
  'fr.gpect.enrolment.project-decided.v1': ({ data }) => [
    projectChange(data, { [`decided.${data.decidedFor}`]: { on: data.decidedOn, outcome: data.outcome } }),
  ],
});
