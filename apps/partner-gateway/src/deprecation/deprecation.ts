import { isDeepStrictEqual } from 'node:util';
import { type Deprecation, isEventType } from '@gpect/contracts/event-contracts';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { notKnown } from '@gpect/service-kit/aggregate/refusals';

/** The announced end of a version of a contract. */
export const deprecation: Aggregate<'partner-gateway/contract', Deprecation | null, Deprecation> = {
  collection: 'deprecations',
  initial: null,
  decide: (announced, state) => {
    if (state && isDeepStrictEqual({ ...state }, { ...announced })) return ok([]);
    for (const [field, type] of [
      ['contract', announced.contract],
      ['replacedBy', announced.replacedBy],
    ] as const)
      if (type !== undefined && !isEventType(type))
        return fail({ ...notKnown(field, type, 'no event of the catalogue'), kind: 'rule' });
    return ok([{ type: 'fr.gpect.partner-gateway.contract-deprecated.v1', data: announced }]);
  },
  evolve: (_state, event) => event.data,
};
