import { inProgramme } from '@gpect/domain-values/identifiers';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { actionChange, type Change } from '../change.js';
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

/** What partners of an action are, and how long they take part. */
export const partnership = keeper('partnership', {
  'fr.gpect.enrolment.action-partner-joined.v1': ({ data: { programme, action, partner, kind, kindCode, since } }) => [
    fieldsChange(programme, action, `partnership.${fieldName(partner)}`, { kind: kindCode ?? kind, since, leftOn: '' }),
  ],
  'fr.gpect.enrolment.action-partner-left.v1': ({ data: { programme, action, partner, leftOn } }) => [
    fieldsChange(programme, action, `partnership.${fieldName(partner)}`, { leftOn }),
  ],
});

/** What committees decided, and what became of it. */
export const committees = keeper('committees', {
  'fr.gpect.enrolment.steering-committee-met.v1': ({ data: { programme, action, meeting, heldOn, decisions } }) => [
    fieldsChange(programme, action, `committee.${fieldName(meeting)}`, {
      heldOn,
      ...Object.fromEntries(decisions.map(({ decision, ...decided }) => [`decided.${fieldName(decision)}`, decided])),
    }),
  ],
  'fr.gpect.enrolment.committee-decision-followed-up.v1': ({
    data: { programme, action, meeting, decision, status, on },
  }) => [
    fieldsChange(programme, action, `committee.${fieldName(meeting)}`, {
      [`followed.${fieldName(decision)}.${on}`]: status,
    }),
  ],
});

/** What the diagnostic of an action's territory rests on. */
export const diagnostics = keeper('diagnostics', {
  'fr.gpect.enrolment.diagnostic-source-added.v1': ({ data: { programme, action, source, publishedOn } }) => [
    actionChange(programme, action, { [`diagnostic.${fieldName(source)}`]: publishedOn ?? '' }),
  ],
  'fr.gpect.enrolment.territory-specificity-noted.v1': ({ data: { programme, action, specificity, basin } }) => [
    actionChange(programme, action, { [`specificities.${fieldName(specificity)}`]: basin }),
  ],
});

/** Field by field: who joins and leaves in one batch is one update, and a field cannot be in it beside what it is in. */
function partnerChange(programme: string, action: string, partner: string, said: Readonly<Record<string, unknown>>) {
  return fieldsChange(programme, action, `partners.${fieldName(partner)}`, said);
}

function fieldsChange(programme: string, action: string, of: string, said: Readonly<Record<string, unknown>>): Change {
  const fields = Object.entries(said).map(([name, value]) => [`${of}.${name}`, value]);
  return actionChange(programme, action, Object.fromEntries(fields));
}
