import type { PartnerCommands } from '@gpect/partner-events/own-api';

/** What partners' events ask of an assignment. */
export const partnerCommands: PartnerCommands = {
  'fr.gpect.partner.consulting-session-sent.v1': ({ data }) => {
    const { programme, siret, ...session } = data;
    return { path: `/assignments/${programme}/${siret}/sessions`, body: session };
  },
};
