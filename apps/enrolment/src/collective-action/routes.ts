import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { toldKind } from '@gpect/reference-data/partner-kinds';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { isSelected } from '../call-for-projects/lookup.js';
import { findProgramme } from '../programme/lookup.js';
import { type CollectiveAction, type CollectiveActionCommand, collectiveAction } from './collective-action.js';
import { findAction } from './lookup.js';
import { PARTNER_KINDS } from './partnership.js';
import { lateOf, PHASES } from './plan.js';

type Schemas = components['schemas'];
type ActionAsked = RoutedRequest<{ programme: string; action: string }>;

export function collectiveActionRoutes({ commands, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const command = (asked: ActionAsked, response: CommandResponse, what: CollectiveActionCommand) =>
    commands.handle(
      asked,
      response,
      target(collectiveAction, inProgramme(asked.params.programme, asked.params.action), what),
    );

  return {
    'POST /collective-actions': async (asked, response) => {
      const { code, ...rest } = asked.body;
      const { programme, call, project } = rest;
      const { basins } = await findProgramme(runner, programme);
      if ((call === undefined) !== (project === undefined))
        throw problemOf({
          code: 'project_unclear',
          kind: 'rule',
          field: call ? 'project' : 'call',
          detail: 'an action names its call and its project in it, both or neither',
        });
      const selected = call && project ? await isSelected(runner, programme, call, project) : undefined;
      const command: CollectiveActionCommand = {
        kind: 'launch',
        action: { action: code, ...rest },
        programmeBasins: basins.map((b) => b.code),
        selected,
      };
      await commands.handle(asked, response, target(collectiveAction, inProgramme(programme, code), command));
    },
    'POST /collective-actions/{programme}/{action}/phases': async (asked, response) => {
      await command(asked, response, { kind: 'start-phase', ...asked.body });
    },
    'POST /collective-actions/{programme}/{action}/platforms': async (asked, response) => {
      await command(asked, response, { kind: 'establish-platform', ...asked.body });
    },
    'GET /collective-actions/{programme}/{action}': async (asked, response) => {
      const found = await findAction(runner, asked.params.programme, asked.params.action);
      response.json(shown(found, today()));
    },
    'POST /collective-actions/{programme}/{action}/plan': async (asked, response) => {
      await command(asked, response, { kind: 'plan-phases', ...asked.body });
    },
    'POST /collective-actions/{programme}/{action}/partners': async (asked, response) => {
      const { kind, ...partner } = asked.body;
      const told = toldKind(kind, 'inActions', PARTNER_KINDS);
      await command(asked, response, { kind: 'join', partner: { ...partner, ...told } });
    },
    'POST /collective-actions/{programme}/{action}/partners/{partner}/departure': async (asked, response) => {
      const { partner } = asked.params;
      await command(asked, response, { kind: 'leave', partner, ...asked.body });
    },
    'POST /collective-actions/{programme}/{action}/meetings': async (asked, response) => {
      const meeting = asked.body;
      await command(asked, response, { kind: 'record-meeting', meeting, today: today() });
    },
    'POST /collective-actions/{programme}/{action}/meetings/{meeting}/decisions/{decision}/follow-up': async (
      asked,
      response,
    ) => {
      const { meeting, decision } = asked.params;
      const followUp = { meeting, decision, ...asked.body };
      await command(asked, response, { kind: 'follow-up', followUp, today: today() });
    },
    'POST /collective-actions/{programme}/{action}/platforms/{platform}/reviews': async (asked, response) => {
      const review = { name: asked.params.platform, ...asked.body };
      await command(asked, response, { kind: 'review-platform', review, today: today() });
    },
  } satisfies Partial<OwnRoutes<'enrolment'>>;
}

function shown(state: CollectiveAction, today: string): Schemas['CollectiveAction'] {
  const { plan = [], phasesStarted = {}, partners = [], meetings = [], platforms, reviews = [] } = state;
  return {
    programme: state.programme,
    action: state.action,
    name: state.name,
    basins: [...state.basins],
    carriers: [...state.carriers],
    phases: PHASES.map((phase) => {
      const startedOn = phasesStarted[phase];
      return { ...plan.find((p) => p.phase === phase), phase, ...(startedOn ? { startedOn } : {}) };
    }),
    late: lateOf(state, today),
    partners: [...partners],
    meetings: meetings.map(({ decisions, attendees, ...meeting }) => ({
      ...meeting,
      attendees: [...attendees],
      decisions: decisions.map(({ followUps = [], ...decision }) => ({ ...decision, followUps: [...followUps] })),
    })),
    platforms: platforms.map((name) => ({ name, reviews: reviews.filter((r) => r.name === name) })),
  };
}
