import type { PartnerCommands } from '@gpect/partner-events/own-api';

/** What partners' events ask of a firm's survey. */
export const partnerCommands: PartnerCommands = {
  'fr.gpect.partner.survey-answer-sent.v1': ({ data }) => {
    const { programme, siret, ...answer } = data;
    return { path: `/surveys/${programme}/${siret}/answers`, body: answer };
  },
};
