import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture } from '@gpect/service-kit/aggregate/refusals';

export type Contact = EventDataByType['fr.gpect.training-spend.opca-contact-recorded.v1'];

export interface RecordContact {
  readonly kind: 'record';
  readonly contact: Contact;
  readonly today: string;
}

/** A contact between a funder of training and a firm: more of them is one of the practices that the programme seeks. */
export const contacts: Aggregate<'training-spend/contact', Contact | null, RecordContact> = {
  collection: 'contacts',
  initial: null,
  decide: ({ contact, today }, state) => {
    if (contact.on > today) return fail(inFuture('on', contact.on, 'record the contact once it has taken place'));
    if (state && isDeepStrictEqual(state, contact)) return ok([]);
    if (state)
      return fail({
        code: 'reference_differs',
        kind: 'transition',
        field: 'reference',
        state: 'RECORDED',
        allowed: [],
        detail: `${contact.reference} is recorded otherwise (${state.kind} on ${state.on}); give another contact its own reference`,
      });
    return ok([{ type: 'fr.gpect.training-spend.opca-contact-recorded.v1', data: contact }]);
  },
  evolve: (_state, event) => event.data,
};
