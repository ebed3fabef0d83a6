import { isDeepStrictEqual } from 'node:util';
import { partnerContractOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { notKnown } from '@gpect/service-kit/aggregate/refusals';

export type Declared = EventDataByType['fr.gpect.partner-gateway.partner-declared.v1'];

/** The closed list of `kind`; whatever is none of it stands in `kindCode`. */
export const SYSTEM_KINDS = [
  ...(['CARRIER', 'OPCA', 'BRANCH', 'UNION', 'EMPLOYMENT_HOUSE', 'PLIE'] as const),
  ...(['CONSULTANTS', 'EVALUATOR', 'OTHER'] as const),
] satisfies readonly Declared['kind'][];

export type PartnerCommand =
  | { readonly kind: 'declare'; readonly declared: Declared }
  | { readonly kind: 'withdraw'; readonly partner: string };

/** A partner organisation's system; null before it was declared and after it was withdrawn. */
export const partner: Aggregate<'partner-gateway/partner', Declared | null, PartnerCommand> = {
  collection: 'partners',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'withdraw') {
      if (!state) return ok([]);
      return ok([{ type: 'fr.gpect.partner-gateway.partner-withdrawn.v1', data: { partner: command.partner } }]);
    }
    const { declared } = command;
    if (state && isDeepStrictEqual({ ...state }, { ...declared })) return ok([]);
    const unfit = unfitType(declared);
    if (unfit) return fail(unfit);
    return ok([{ type: 'fr.gpect.partner-gateway.partner-declared.v1', data: declared }]);
  },
  evolve: (_state, event) => {
    switch (event.type) {
      case 'fr.gpect.partner-gateway.partner-declared.v1':
        return event.data;
      case 'fr.gpect.partner-gateway.partner-withdrawn.v1':
        return null;
      default:
        return unreachable(event satisfies never);
    }
  },
};

/** A partner sends what it may: an event that its roles cannot send would be refused each time. */
function unfitType({ sends, acts }: Declared): Refusal | undefined {
  for (const type of sends) {
    const contract = partnerContractOf(type);
    if (!contract)
      return { ...notKnown('sends', type, 'no event that partners send; see the catalogue'), kind: 'rule' };
    const held = Object.entries(acts).flatMap(([role, codes]) =>
      codes === true || (Array.isArray(codes) && codes.length > 0) ? [role] : [],
    );
    if (!contract.acts.some((role) => held.includes(role)))
      return {
        code: 'role_missing',
        kind: 'rule',
        field: 'sends',
        value: type,
        detail: `${type} is sent by ${contract.acts.join(' or ')}; this partner acts as ${held.join(', ') || 'nobody'}`,
      };
  }
  return undefined;
}
