import { inProgramme } from '@gpect/domain-values/identifiers';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import type { Change } from '../change.js';
import { keeper } from '../keeper.js';

interface OfPerson {
  readonly programme: string;
  readonly action: string;
  readonly person: string;
}

function personChange({ programme, action, person }: OfPerson, set: Change['set']): Change {
  return {
    collection: 'persons',
    id: inProgramme(programme, action, person),
    set: { programme, action, person, ...set },
  };
}

/** Persons who came to workshops, or did not. */
export const presence = keeper('presence', {
  'fr.gpect.workshops.person-attendance-recorded.v1': ({ data }) => [
    personChange(data, {
      [`came.${fieldName(data.workshop)}`]: {
        on: data.heldOn,
        audience: data.audience,
        present: data.attendance === 'PRESENT',
      },
    }),
  ],
});

/** What they say of them. */
export const feedback = keeper('feedback', {
  'fr.gpect.workshops.workshop-feedback-given.v1': ({ data }) => [
    personChange(data, {
      [`feedback.${fieldName(data.workshop)}`]: {
        on: data.givenOn,
        satisfaction: data.satisfaction,
        usefulness: data.usefulness,
      },
    }),
  ],
});
