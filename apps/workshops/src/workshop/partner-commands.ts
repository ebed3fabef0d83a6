import type { PartnerCommands } from '@gpect/partner-events/own-api';

/** What partners' events ask of a workshop. */
export const partnerCommands: PartnerCommands = {
  'fr.gpect.partner.workshop-attendance-sent.v1': ({ data }) => {
    const { programme, workshop, ...attendance } = data;
    return { path: `/workshops/${programme}/${encodeURIComponent(workshop)}/attendance`, body: attendance };
  },
};
