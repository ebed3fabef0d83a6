import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { latePhases } from '@gpect/domain-values/phase-plan';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';

type Decision = DecisionOf<'enrolment/collective action'>;

type Phase = Values['Phase'];
type Planned = EventDataByType['fr.gpect.enrolment.collective-action-phases-planned.v1'];
export type PlannedPhase = Planned['phases'][number];

/** The four phases of about 18 months, in their order. Source: bilan 2007-2013, section 1. */
export const PHASES = valuesOf('Phase');

export interface PlanCommand {
  readonly kind: 'plan-phases';
  readonly phases: readonly PlannedPhase[];
  readonly reason?: string;
}

/** What a plan looks at of an action. */
export interface Phased {
  readonly programme: string;
  readonly action: string;
  readonly plan?: readonly PlannedPhase[];
  readonly phasesStarted?: Readonly<Partial<Record<Phase, CalendarDate>>>;
}

/** Phases are planned in their order, each once, none before the last has begun; a new plan says why. */
export function planPhases({ phases, reason }: PlanCommand, { programme, action, plan }: Phased): Decision {
  if (plan && isDeepStrictEqual([...plan], [...phases])) return ok([]);
  const order = phases.map((p) => PHASES.indexOf(p.phase));
  const badlyOrdered = order.some((rank, i) => i > 0 && rank <= (order[i - 1] ?? -1));
  const reversed = phases.find((p) => p.endsOn < p.startsOn);
  const early = phases.find((p, i) => i > 0 && p.startsOn < (phases[i - 1]?.startsOn ?? ''));
  if (badlyOrdered || early || reversed)
    return fail({
      code: 'plan_out_of_order',
      kind: 'rule',
      field: 'phases',
      detail: reversed
        ? `${reversed.phase} ends on ${reversed.endsOn}, before it starts on ${reversed.startsOn}`
        : `phases follow one another, each once: ${PHASES.join(', ')}`,
    });
  if (plan && !reason)
    return fail({
      code: 'reason_missing',
      kind: 'rule',
      field: 'reason',
      detail: 'the action has a plan; say why it changes',
    });
  return ok([
    {
      type: 'fr.gpect.enrolment.collective-action-phases-planned.v1',
      data: { programme, action, phases: [...phases], ...(reason ? { reason } : {}) },
    },
  ]);
}

/** What by now is late. */
export function lateOf({ plan = [], phasesStarted = {} }: Phased, today: CalendarDate): Phase[] {
  return latePhases(PHASES, plan, phasesStarted, today);
}
