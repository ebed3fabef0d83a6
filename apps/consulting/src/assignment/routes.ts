import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { shownPlan } from './action-plan.js';
import { type Assignment, type AssignmentCommand, assignment } from './assignment.js';

type Schemas = components['schemas'];
type AssignmentRequest = Request<{ programme: string; siret: string }>;

export function assignmentRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const command = (request: AssignmentRequest, response: Response, what: AssignmentCommand) =>
    door.handle(
      request,
      response,
      target(assignment, inProgramme(request.params.programme, request.params.siret), what),
    );
  const at = '/assignments/:programme/:siret' as const;
  router.get(at, async (request, response) => {
    const id = inProgramme(request.params.programme, request.params.siret);
    const found = (await runner.load<Assignment>(assignment.collection, [id])).get(id);
    if (!found)
      throw problemOf({ code: 'assignment_unknown', kind: 'unknown', detail: `there is no assignment ${id}` });
    const { plan, budget, ...rest } = found;
    const consumed = found.sessions.reduce((sum, s) => sum + s.halfDays, 0);
    response.json({
      ...rest,
      sessions: [...found.sessions].sort((a, b) => a.heldOn.localeCompare(b.heldOn)),
      ...(plan ? { plan: shownPlan(plan, today()) } : {}),
      ...(budget === undefined
        ? {}
        : { budget: { planned: budget, consumed, overrun: Math.max(0, consumed - budget) } }),
    });
  });
  router.post(`${at}/staffing`, async (request, response) => {
    await command(request, response, { kind: 'staff', ...(request.body as Schemas['StaffAssignment']) });
  });
  router.post(`${at}/sessions`, async (request, response) => {
    const session = request.body as Schemas['RecordSession'];
    await command(request, response, { kind: 'record-session', session, today: today() });
  });
  router.post(`${at}/budget`, async (request, response) => {
    await command(request, response, { kind: 'budget', ...(request.body as Schemas['BudgetHalfDays']) });
  });
  router.post(`${at}/plan`, async (request, response) => {
    await command(request, response, { kind: 'agree-plan', ...(request.body as Schemas['AgreePlan']), today: today() });
  });
  router.post(`${at}/plan/:item/progress`, async (request, response) => {
    const said = request.body as Schemas['ProgressItem'];
    await command(request, response, { kind: 'progress-item', item: request.params.item, said, today: today() });
  });
  router.post(`${at}/sessions/:session/correction`, async (request, response) => {
    const { reason, ...session } = request.body as Schemas['CorrectSession'];
    const corrected = { session: request.params.session, ...session };
    await command(request, response, { kind: 'correct-session', session: corrected, reason, today: today() });
  });
  router.post(`${at}/sessions/:session/cancellation`, async (request, response) => {
    const { reason } = request.body as Schemas['CancelSession'];
    await command(request, response, { kind: 'cancel-session', session: request.params.session, reason });
  });
  return router;
}
