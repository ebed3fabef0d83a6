import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly, transitionForbidden } from '@gpect/service-kit/aggregate/refusals';
import { type Session, STAGES } from './sessions.js';

type Decision = DecisionOf<'consulting/assignment'>;

type HandedOver = EventDataByType['fr.gpect.consulting.deliverable-handed-over.v1'];
export type Deliverable = Omit<HandedOver, 'programme' | 'action' | 'basin' | 'siret'>;

export interface HandOver {
  readonly kind: 'hand-over';
  readonly deliverable: Deliverable;
  readonly today: CalendarDate;
}

/** What this decision looks at of an assignment. */
interface Staged {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly sessions: readonly Session[];
  readonly deliverables?: readonly Deliverable[];
}

/** What a stage ends with; it can be handed over once the stage has begun. Source: bilan 2007-2013, section 4. */
export function handOver({ deliverable, today }: HandOver, state: Staged): Decision {
  const { programme, action, basin, siret, sessions, deliverables = [] } = state;
  const known = deliverables.find((d) => d.deliverable === deliverable.deliverable);
  if (known && isDeepStrictEqual({ ...known }, { ...deliverable })) return ok([]);
  const { stage, handedOverOn } = deliverable;
  if (handedOverOn > today) return fail(inFuture('handedOverOn', handedOverOn, 'record it once it is handed over'));
  const first = sessions
    .filter((s) => s.stage === stage)
    .map((s) => s.heldOn)
    .sort()[0];
  if (!first)
    return fail(
      transitionForbidden(`no session of ${stage} is recorded; record it first`, {
        state: 'STAGE_NOT_BEGUN',
        allowed: ['record-session'],
      }),
    );
  if (handedOverOn < first)
    return fail(tooEarly('handedOverOn', handedOverOn, `the first session of ${stage}, on ${first}`));
  return ok([
    {
      type: 'fr.gpect.consulting.deliverable-handed-over.v1',
      data: { programme, action, basin, siret, ...deliverable },
    },
  ]);
}

export function withDeliverable(deliverables: readonly Deliverable[] = [], event: HandedOver): Deliverable[] {
  const { programme: _p, action: _a, basin: _b, siret: _s, ...deliverable } = event;
  return [...deliverables.filter((d) => d.deliverable !== deliverable.deliverable), deliverable];
}

const GROUPS = ['MANAGER', 'SUPERVISORS', 'EMPLOYEES', 'STAFF_REPRESENTATIVES'] as const;

/** Each stage with who took part in it, for participation is the method, and what was handed over. Pure. */
export function stagesOf({ sessions, deliverables = [] }: Pick<Staged, 'sessions' | 'deliverables'>) {
  return STAGES.map((stage) => {
    const held = sessions.filter((s) => s.stage === stage);
    const counted = GROUPS.map((group) => [group, held.filter((s) => s.participants.includes(group)).length] as const);
    return {
      stage,
      sessions: held.length,
      halfDays: held.reduce((sum, s) => sum + s.halfDays, 0),
      participation: Object.fromEntries(counted.filter(([, count]) => count > 0)),
      absent: held.length > 0 ? counted.flatMap(([group, count]) => (count === 0 ? [group] : [])) : [],
      deliverables: deliverables
        .filter((d) => d.stage === stage)
        .map(({ stage: _stage, to, ...deliverable }) => ({ ...deliverable, to: [...to] }))
        .sort((a, b) => a.handedOverOn.localeCompare(b.handedOverOn)),
    };
  });
}
