import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { transitionForbidden } from '@gpect/service-kit/aggregate/refusals';

type Launched = EventDataByType['fr.gpect.enrolment.collective-action-launched.v1'];
type Phase = Values['Phase'];

/** The four phases of about 18 months, in their order. Source: bilan 2007-2013, section 1. */
const PHASES = valuesOf('Phase');

export interface CollectiveAction extends Launched {
  readonly phase?: Phase;
  readonly platforms: readonly string[];
}

export type CollectiveActionCommand =
  | { readonly kind: 'launch'; readonly action: Launched; readonly programmeBasins: readonly string[] }
  | { readonly kind: 'start-phase'; readonly phase: Phase; readonly startedOn: string }
  | { readonly kind: 'establish-platform'; readonly name: string; readonly establishedOn?: string };

/** What carriers run in one or several basins: it detects, accompanies and evaluates a group of firms. */
export const collectiveAction: Aggregate<CollectiveAction | null, CollectiveActionCommand> = {
  collection: 'collective_actions',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'launch') return launch(command.action, command.programmeBasins, state);
    if (!state)
      return fail({
        code: 'action_unknown',
        kind: 'unknown',
        field: 'action',
        detail: 'there is no such collective action; launch it first',
      });
    if (command.kind === 'start-phase') return startPhase(command.phase, command.startedOn, state);
    if (state.platforms.includes(command.name)) return ok([]);
    const { programme, action, basins } = state;
    return ok([
      {
        type: 'fr.gpect.enrolment.platform-established.v1',
        data: {
          programme,
          action,
          basins,
          name: command.name,
          ...(command.establishedOn ? { establishedOn: command.establishedOn } : {}),
        },
      },
    ]);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.collective-action-launched.v1':
        return { ...event.data, platforms: [] };
      case 'fr.gpect.enrolment.collective-action-phase-started.v1':
        return state && { ...state, phase: event.data.phase };
      case 'fr.gpect.enrolment.platform-established.v1':
        return state && { ...state, platforms: [...state.platforms, event.data.name] };
      default:
        return state;
    }
  },
};

function launch(action: Launched, programmeBasins: readonly string[], state: CollectiveAction | null) {
  if (state) {
    const { phase: _phase, platforms: _platforms, ...launched } = state;
    if (isDeepStrictEqual(launched, action)) return ok([]);
    return fail({
      code: 'action_exists',
      kind: 'transition' as const,
      detail: `action ${action.action} was launched otherwise`,
      state: 'LAUNCHED',
      allowed: ['start-phase', 'establish-platform'],
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
  return ok([{ type: 'fr.gpect.enrolment.collective-action-launched.v1' as const, data: action }]);
}

function startPhase(phase: Phase, startedOn: string, state: CollectiveAction) {
  const now = state.phase ? PHASES.indexOf(state.phase) : -1;
  if (PHASES.indexOf(phase) === now) return ok([]);
  if (PHASES.indexOf(phase) !== now + 1) {
    const allowed = PHASES[now + 1];
    return fail(
      transitionForbidden(
        state.phase ?? 'LAUNCHED',
        allowed ? [allowed] : [],
        `phases follow one another: ${PHASES.join(', ')}`,
      ),
    );
  }
  const { programme, action } = state;
  return ok([
    {
      type: 'fr.gpect.enrolment.collective-action-phase-started.v1' as const,
      data: { programme, action, phase, startedOn },
    },
  ]);
}
