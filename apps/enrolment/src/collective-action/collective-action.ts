import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { LifeCycle } from '@gpect/service-kit/aggregate/life-cycle';
import { tooEarly, transitionForbidden } from '@gpect/service-kit/aggregate/refusals';
import {
  decidePartnership,
  type Meeting,
  type Partner,
  type PartnershipCommand,
  type Review,
  withFollowUp,
} from './partnership.js';
import { PHASES, type PlanCommand, type PlannedPhase, planPhases } from './plan.js';

type Decision = DecisionOf<'enrolment/collective action'>;

type Launched = EventDataByType['fr.gpect.enrolment.collective-action-launched.v1'];
type Phase = Values['Phase'];

export interface CollectiveAction extends Launched {
  readonly phase?: Phase;
  readonly platforms: readonly string[];
  readonly plan?: readonly PlannedPhase[];
  /** By phase, the day on which it began. */
  readonly phasesStarted?: Readonly<Partial<Record<Phase, string>>>;
  readonly partners?: readonly Partner[];
  readonly meetings?: readonly Meeting[];
  readonly reviews?: readonly Review[];
}

export type CollectiveActionCommand =
  | {
      readonly kind: 'launch';
      readonly action: Launched;
      readonly programmeBasins: readonly string[];
      /** Whether its project was selected; undefined where it names none. */
      readonly selected?: boolean | undefined;
    }
  | { readonly kind: 'start-phase'; readonly phase: Phase; readonly startedOn: string }
  | { readonly kind: 'establish-platform'; readonly name: string; readonly establishedOn?: string }
  | PlanCommand
  | PartnershipCommand;

type Command<Kind extends CollectiveActionCommand['kind']> = Extract<CollectiveActionCommand, { readonly kind: Kind }>;
type Status = Phase | 'LAUNCHED';

const LAST_PHASE = PHASES.at(-1);
const ALWAYS: readonly Status[] = ['LAUNCHED', ...PHASES];
const statusOf = ({ phase }: CollectiveAction): Status => phase ?? 'LAUNCHED';

/** Once it is launched: what is possible in which state, and what comes of it. */
const life = new LifeCycle<
  'enrolment/collective action',
  CollectiveAction,
  Exclude<CollectiveActionCommand, { kind: 'launch' }>,
  Status
>(
  'action',
  {
    'start-phase': {
      in: ALWAYS.filter((status) => status !== LAST_PHASE),
      known: ({ phase }, state) => (phase === state.phase ? ok([]) : undefined),
      decide: startPhase,
      sentence: () => IN_ORDER,
    },
    'plan-phases': { in: ALWAYS, decide: planPhases },
    'establish-platform': {
      in: ALWAYS,
      known: ({ name }, { platforms }) => (platforms.includes(name) ? ok([]) : undefined),
      decide: establishPlatform,
    },
    join: { in: ALWAYS, decide: decidePartnership },
    leave: { in: ALWAYS, decide: decidePartnership },
    'record-meeting': { in: ALWAYS, decide: decidePartnership },
    'follow-up': { in: ALWAYS, decide: decidePartnership },
    'review-platform': { in: ALWAYS, decide: decidePartnership },
  },
  statusOf,
);

/** What carriers run in one or several basins: it detects, accompanies and evaluates a group of firms. */
export const collectiveAction: Aggregate<
  'enrolment/collective action',
  CollectiveAction | null,
  CollectiveActionCommand
> = {
  collection: 'collective_actions',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'launch') return launch(command, state);
    if (!state)
      return fail({
        code: 'action_unknown',
        kind: 'unknown',
        field: 'action',
        detail: 'there is no such collective action; launch it first',
      });
    return life.decide(command, state);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.collective-action-launched.v1':
        return { ...event.data, platforms: [] };
      case 'fr.gpect.enrolment.collective-action-phase-started.v1':
        return (
          state && {
            ...state,
            phase: event.data.phase,
            phasesStarted: { ...state.phasesStarted, [event.data.phase]: event.data.startedOn },
          }
        );
      case 'fr.gpect.enrolment.platform-established.v1':
        return state && { ...state, platforms: [...state.platforms, event.data.name] };
      case 'fr.gpect.enrolment.collective-action-phases-planned.v1':
        return state && { ...state, plan: event.data.phases };
      case 'fr.gpect.enrolment.action-partner-joined.v1': {
        const { programme: _p, action: _a, ...partner } = event.data;
        return state && { ...state, partners: [...without(state.partners, partner.partner), partner] };
      }
      case 'fr.gpect.enrolment.action-partner-left.v1':
        return state && { ...state, partners: without(state.partners, event.data.partner) };
      case 'fr.gpect.enrolment.steering-committee-met.v1': {
        const { programme: _p, action: _a, ...meeting } = event.data;
        return state && { ...state, meetings: [...(state.meetings ?? []), meeting] };
      }
      case 'fr.gpect.enrolment.committee-decision-followed-up.v1': {
        const { programme: _p, action: _a, ...followUp } = event.data;
        return state && { ...state, meetings: withFollowUp(state.meetings ?? [], followUp) };
      }
      case 'fr.gpect.enrolment.platform-reviewed.v1': {
        const { programme: _p, action: _a, ...review } = event.data;
        return state && { ...state, reviews: [...(state.reviews ?? []), review] };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

const without = (partners: readonly Partner[] = [], code: string) => partners.filter((p) => p.partner !== code);

function launch(
  { action, programmeBasins, selected }: CollectiveActionCommand & { kind: 'launch' },
  state: CollectiveAction | null,
) {
  if (state) {
    const { programme, action: code, name, basins, carriers, startsOn, durationMonths, targetFirms } = state;
    const from = state.call && state.project ? { call: state.call, project: state.project } : {};
    const launched = {
      programme,
      action: code,
      name,
      basins,
      carriers,
      startsOn,
      durationMonths,
      targetFirms,
      ...from,
    };
    if (isDeepStrictEqual(launched, action)) return ok([]);
    return fail({
      code: 'action_exists',
      kind: 'transition' as const,
      detail: `action ${action.action} was launched otherwise`,
      state: statusOf(state),
      allowed: life.allowed(statusOf(state)),
    });
  }
  const outside = action.basins.filter((basin) => !programmeBasins.includes(basin));
  if (outside.length > 0) {
    return fail({
      code: 'basin_unknown',
      kind: 'rule' as const,
      field: 'basins',
      detail: `${outside.join(', ')}: not a basin of the programme`,
    });
  }
  if (action.project && !selected) {
    return fail({
      code: 'project_not_selected',
      kind: 'rule' as const,
      field: 'project',
      value: action.project,
      detail: `${action.project}: the call has not selected this project; the State and the Region decide first`,
    });
  }
  return ok([{ type: 'fr.gpect.enrolment.collective-action-launched.v1' as const, data: action }]);
}

const IN_ORDER = `phases follow one another: ${PHASES.join(', ')}`;

function establishPlatform({ name, establishedOn }: Command<'establish-platform'>, state: CollectiveAction): Decision {
  const { programme, action, basins } = state;
  return ok([
    {
      type: 'fr.gpect.enrolment.platform-established.v1',
      data: { programme, action, basins, name, ...(establishedOn ? { establishedOn } : {}) },
    },
  ]);
}

function startPhase({ phase, startedOn }: Command<'start-phase'>, state: CollectiveAction): Decision {
  const next = PHASES[state.phase ? PHASES.indexOf(state.phase) + 1 : 0];
  if (phase !== next)
    return fail(transitionForbidden(IN_ORDER, { state: statusOf(state), allowed: next ? [next] : [] }));
  const before = state.phase && state.phasesStarted?.[state.phase];
  if (before && startedOn < before)
    return fail(tooEarly('startedOn', startedOn, `the start of ${state.phase}, ${before}`));
  const { programme, action } = state;
  return ok([
    {
      type: 'fr.gpect.enrolment.collective-action-phase-started.v1' as const,
      data: { programme, action, phase, startedOn },
    },
  ]);
}
