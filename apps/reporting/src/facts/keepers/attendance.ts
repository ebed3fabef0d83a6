import { inProgramme } from '@gpect/domain-values/identifiers';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../change.js';
import type { InvitationRecord } from '../documents.js';
import { keeper } from '../keeper.js';

/** Workshops that were held. */
export const workshops = keeper('workshops', {
  'fr.gpect.workshops.workshop-held.v1': ({ data: { programme, action, workshop, heldOn } }) => [
    { collection: 'workshops', id: inProgramme(programme, workshop), set: { programme, action, heldOn } },
  ],
});

/** What they were about. */
export const workshopThemes = keeper('workshop-themes', {
  'fr.gpect.workshops.workshop-held.v1': ({ data: { programme, workshop, theme } }) => [
    { collection: 'workshops', id: inProgramme(programme, workshop), set: { theme } },
  ],
});

/** Invitations of a firm, each by its workshop, with what came of it. */
export const attendance = keeper('attendance', {
  'fr.gpect.workshops.attendance-recorded.v1': ({ data, sequence }) => {
    const { programme, siret, workshop, heldOn, attendance } = data;
    const record: InvitationRecord = { q: sequence, on: heldOn, came: attendance === 'PRESENT' };
    return [firmChange({ programme, siret }, {}, { newest: { [`invited.${fieldName(workshop)}`]: record } })];
  },
});
