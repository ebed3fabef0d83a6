import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { Reactions } from '@gpect/service-kit/inbox/event-handler';
import type { Wave } from '../questionnaire/questions.js';
import { survey } from './survey.js';

interface Firm {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
}

const ask = ({ programme, action, basin, siret }: Firm, wave: Wave, requestedOn: string) => [
  target(survey, inProgramme(programme, siret), {
    kind: 'request' as const,
    request: { programme, action, basin, siret, wave, requestedOn },
  }),
];

/** A firm is asked when it is enrolled, and again when it completes. */
export const surveyReactions: Reactions = {
  kind: 'reactions',
  on: {
    'fr.gpect.enrolment.firm-enrolled.v1': ({ data }) => ask(data, 'BEFORE', data.enrolledOn),
    'fr.gpect.enrolment.firm-completed.v1': ({ data }) => ask(data, 'AFTER', data.completedOn),
  },
};
