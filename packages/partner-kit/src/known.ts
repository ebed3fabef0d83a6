import { PARTNER_EVENT_TYPES } from '@gpect/contracts/event-contracts';
import type { Partner } from '@gpect/partner-events/partner';

/** A partner that may send everything, everywhere: what it may really do is in its declaration. */
export const anyPartner = (partner: string): Partner => ({
  partner,
  name: partner,
  kind: 'OTHER',
  acts: {},
  doors: ['HTTP', 'KAFKA'],
  sends: [...PARTNER_EVENT_TYPES],
  programmes: ['*'],
});
