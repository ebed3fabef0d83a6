import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { isSelected } from '../call-for-projects/lookup.js';
import { findProgramme } from '../programme/lookup.js';
import { type CollectiveAction, type CollectiveActionCommand, collectiveAction } from './collective-action.js';
import { findAction } from './lookup.js';
import { lateOf, PHASES } from './plan.js';

type Schemas = components['schemas'];
type ActionRequest = Request<{ programme: string; action: string }>;

export function collectiveActionRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  router.post('/collective-actions', async (request, response) => {
    const { code, ...rest } = request.body as Schemas['LaunchCollectiveAction'];
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
    await door.handle(request, response, target(collectiveAction, inProgramme(programme, code), command));
  });
  const command = (request: ActionRequest, response: Response, what: CollectiveActionCommand) =>
    door.handle(
      request,
      response,
      target(collectiveAction, inProgramme(request.params.programme, request.params.action), what),
    );
  const action = '/collective-actions/:programme/:action' as const;

  router.post(`${action}/phases`, async (request, response) => {
    await command(request, response, { kind: 'start-phase', ...(request.body as Schemas['StartPhase']) });
  });
  router.post(`${action}/platforms`, async (request, response) => {
    await command(request, response, { kind: 'establish-platform', ...(request.body as Schemas['EstablishPlatform']) });
  });
  router.get(action, async (request, response) => {
    const found = await findAction(runner, request.params.programme, request.params.action);
    response.json(shown(found, today()));
  });
  router.post(`${action}/plan`, async (request, response) => {
    await command(request, response, { kind: 'plan-phases', ...(request.body as Schemas['PlanPhases']) });
  });
  router.post(`${action}/partners`, async (request, response) => {
    await command(request, response, { kind: 'join', partner: request.body as Schemas['JoinAction'] });
  });
  router.post(`${action}/partners/:partner/departure`, async (request, response) => {
    const { partner } = request.params;
    await command(request, response, { kind: 'leave', partner, ...(request.body as Schemas['LeaveAction']) });
  });
  router.post(`${action}/meetings`, async (request, response) => {
    const meeting = request.body as Schemas['RecordMeeting'];
    await command(request, response, { kind: 'record-meeting', meeting, today: today() });
  });
  router.post(`${action}/meetings/:meeting/decisions/:decision/follow-up`, async (request, response) => {
    const { meeting, decision } = request.params;
    const followUp = { meeting, decision, ...(request.body as Schemas['FollowUpDecision']) };
    await command(request, response, { kind: 'follow-up', followUp, today: today() });
  });
  router.post(`${action}/platforms/:platform/reviews`, async (request, response) => {
    const review = { name: request.params.platform, ...(request.body as Schemas['ReviewPlatform']) };
    await command(request, response, { kind: 'review-platform', review, today: today() });
  });
  return router;
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
