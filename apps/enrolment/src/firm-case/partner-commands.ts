import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { AskedCommand, PartnerCommands } from '@gpect/partner-events/own-api';

type Decided = EventDataByType['fr.gpect.partner.firm-decision-sent.v1'];

const caseAt = ({ programme, siret }: { programme: string; siret: string }, what: string) =>
  `/firms/${programme}/${siret}/${what}`;

/** What partners' events ask of a firm's case. */
export const partnerCommands: PartnerCommands = {
  'fr.gpect.partner.firm-detection-sent.v1': ({ data }, { partner }) => ({
    path: '/firms',
    body: { ...data, detectedBy: partner },
  }),
  'fr.gpect.partner.firm-contact-sent.v2': ({ data }) => {
    const { programme, siret, ...contact } = data;
    return { path: caseAt({ programme, siret }, 'contacts'), body: contact };
  },
  'fr.gpect.partner.firm-decision-sent.v1': ({ data }) => decided(data),
};

/** Each decision is a command of its own; what it lacks is refused there. */
function decided(data: Decided): AskedCommand {
  const { decision, decidedOn, reason, reasonKind, wakeUpOn, scores } = data;
  const said = reason === undefined ? {} : { reason };
  const because = { ...said, ...(reasonKind === undefined ? {} : { reasonKind }) };
  const until = wakeUpOn === undefined ? {} : { wakeUpOn };
  switch (decision) {
    case 'QUALIFIED':
      return { path: caseAt(data, 'qualification'), body: { ...(scores ? { scores } : {}), qualifiedOn: decidedOn } };
    case 'SIGNED':
      return { path: caseAt(data, 'agreement'), body: { signedOn: decidedOn } };
    case 'DECLINED':
      return { path: caseAt(data, 'refusal'), body: { declinedOn: decidedOn, ...because } };
    case 'DEFERRED':
      return { path: caseAt(data, 'deferral'), body: { deferredOn: decidedOn, ...until, ...because } };
    case 'SUSPENDED':
      return { path: caseAt(data, 'suspension'), body: { suspendedOn: decidedOn, ...until, ...because } };
    case 'RESUMED':
      return { path: caseAt(data, 'resumption'), body: { resumedOn: decidedOn, ...said } };
    case 'COMPLETED':
      return { path: caseAt(data, 'completion'), body: { completedOn: decidedOn } };
    case 'ABANDONED':
      return { path: caseAt(data, 'abandonment'), body: { abandonedOn: decidedOn, ...because } };
  }
}
