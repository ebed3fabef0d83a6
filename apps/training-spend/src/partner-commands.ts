import type { PartnerCommands } from '@gpect/partner-events/own-api';

/** What funders' events ask: a line, or a small file. */
export const partnerCommands: PartnerCommands = {
  'fr.gpect.partner.spend-line-sent.v1': ({ data }) => ({ path: '/lines', body: data }),
  'fr.gpect.partner.spend-file-sent.v1': ({ data }) => ({ path: '/files', body: data }),
};
