import { type Audience, audienceOf } from '@gpect/contracts/event-contracts';
import { type Partner, takesPartIn } from '@gpect/partner-events/partner';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { type Involved, thingsOf } from './facts.js';
import { askedVersion } from './version-for.js';

/** The partners that an event concerns: only what is about their firms and actions, and only what they want. Pure. */
export function concerned(
  event: RecordedEvent,
  involved: ReadonlyMap<string, Involved>,
  partners: readonly Partner[],
): Partner[] {
  const audience = audienceOf(event.type);
  if (audience.length === 0) return [];
  const { action: ofEvent, firm: firmId } = thingsOf(event);
  const firm = involved.get(firmId ?? '');
  const action = involved.get(ofEvent ?? firm?.action ?? '');
  const { programme, funder, consultant } = event.data as { programme?: string; funder?: string; consultant?: string };
  const holds = (codes: readonly string[] = [], among: readonly string[] = []) => codes.some((c) => among.includes(c));
  const hasPart: Readonly<Record<Audience, (acts: Partner['acts']) => boolean>> = {
    everyone: () => true,
    carrier: ({ carrier }) => holds(carrier, action?.carriers),
    partner: ({ partner }) => holds(partner, action?.partners),
    detecting: ({ partner }) => holds(partner, [...(action?.detecting ?? []), ...(firm?.detecting ?? [])]),
    consultant: (acts) => holds(acts.consultant, [...(firm?.consultants ?? []), ...(consultant ? [consultant] : [])]),
    funder: (acts) => holds(acts.funder, funder ? [funder] : []),
    evaluator: ({ evaluator }) => evaluator === true,
  };
  return partners
    .filter((p) => programme === undefined || takesPartIn(p, programme))
    .filter(({ receives }) => receives === undefined || askedVersion(event.type, receives) !== undefined)
    .filter((p) => audience.some((of) => hasPart[of](p.acts)));
}
