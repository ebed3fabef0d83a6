import { examplesOf, PARTNER_EVENT_TYPES, partnerContractOf } from '@gpect/contracts/event-contracts';
import { v7 as uuidv7 } from 'uuid';

/** An event of each type that a partner may send, or of one, as its contract gives the example. */
export function samplesOf(partner: string, type?: string): object[] {
  return PARTNER_EVENT_TYPES.filter(
    (t) => type === undefined || t === type || t === `fr.gpect.partner.${type}`,
  ).flatMap((name) =>
    examplesOf(name).map((data) => ({
      specversion: '1.0',
      id: uuidv7(),
      source: `/partners/${partner}`,
      type: name,
      subject: partnerContractOf(name)?.subjectOf(data as object) ?? 'exemple',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    })),
  );
}
