import { inProgramme } from '@gpect/domain-values/identifiers';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { actionChange } from '../change.js';
import { keeper } from '../keeper.js';

/** Collective actions: where and by whom they are carried. */
export const actions = keeper('actions', {
  'fr.gpect.enrolment.collective-action-launched.v1': ({ data }) => [
    { collection: 'actions', id: inProgramme(data.programme, data.action), set: data },
  ],
});

/** What an action planned, what began, and who took part: what warnings look at. */
export const actionsUnderWay = keeper('actions-under-way', {
  'fr.gpect.enrolment.collective-action-phases-planned.v1': ({ data: { programme, action, phases } }) => [
    actionChange(programme, action, { plan: phases }),
  ],
  'fr.gpect.enrolment.collective-action-phase-started.v1': ({ data: { programme, action, phase, startedOn } }) => [
    actionChange(programme, action, { [`phasesStarted.${fieldName(phase)}`]: startedOn }),
  ],
  'fr.gpect.enrolment.action-partner-joined.v1': ({ data: { programme, action, partner, name, since } }) => [
    partnerChange(programme, action, partner, { name, since, left: false }),
  ],
  'fr.gpect.enrolment.action-partner-left.v1': ({ data: { programme, action, partner } }) => [
    partnerChange(programme, action, partner, { left: true }),
  ],
  'fr.gpect.enrolment.steering-committee-met.v1': ({ data: { programme, action, heldOn, attendees } }) => [
    actionChange(
      programme,
      action,
      {},
      { latest: Object.fromEntries(attendees.map((code) => [`seen.${fieldName(code)}`, heldOn])) },
    ),
  ],
});

/** Field by field: who joins and leaves in one batch is one update, and a field cannot be in it beside what it is in. */
function partnerChange(programme: string, action: string, partner: string, said: Readonly<Record<string, unknown>>) {
  const fields = Object.entries(said).map(([name, value]) => [`partners.${fieldName(partner)}.${name}`, value]);
  return actionChange(programme, action, Object.fromEntries(fields));
}
