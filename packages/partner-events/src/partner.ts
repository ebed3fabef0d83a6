import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { Caller } from '@gpect/service-kit/http/caller';
import { covers } from '@gpect/service-kit/rights/programmes';

/** A partner organisation's system, as the partner gateway declares it. */
export type Partner = EventDataByType['fr.gpect.partner-gateway.partner-declared.v1'];

/** A partner as a caller of the services: what it may do follows from for whom it acts. */
export function callerOf({ partner, acts, programmes }: Partner): Caller {
  const codes = {
    carrier: acts.carrier ?? [],
    partner: acts.partner ?? [],
    consultant: acts.consultant ?? [],
    funder: acts.funder ?? [],
  };
  const bound = Object.entries(codes).flatMap(([role, held]) => (held.length > 0 ? [role] : []));
  const roles = [...bound, ...(acts.evaluator ? ['evaluator'] : [])];
  return { subject: sourceOf(partner), roles, codes, programmes };
}

/** `source` of what a partner sends. */
export const sourceOf = (partner: string): string => `/partners/${partner}`;

/** Whether a partner takes part in a programme. */
export function takesPartIn({ programmes }: Pick<Partner, 'programmes'>, programme: string): boolean {
  return covers(programmes, programme);
}
