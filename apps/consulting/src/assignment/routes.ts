import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { propose } from '../matching/propose.js';
import { type Consultant, consultant, consultantId, unfitness } from '../register/consultant.js';
import { loadsOf } from '../register/load.js';
import { shownPlan } from './action-plan.js';
import { type Assignment, type AssignmentCommand, assignment } from './assignment.js';
import { stagesOf } from './deliverables.js';

type Schemas = components['schemas'];
type AssignmentRequest = Request<{ programme: string; siret: string }>;

export function assignmentRoutes({ connection, door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const command = (request: AssignmentRequest, response: Response, what: AssignmentCommand) =>
    door.handle(
      request,
      response,
      target(assignment, inProgramme(request.params.programme, request.params.siret), what),
    );
  const findAssignment = async (request: AssignmentRequest): Promise<Assignment> => {
    const id = inProgramme(request.params.programme, request.params.siret);
    const found = (await runner.load<Assignment>(assignment.collection, [id])).get(id);
    if (!found)
      throw problemOf({ code: 'assignment_unknown', kind: 'unknown', detail: `there is no assignment ${id}` });
    return found;
  };
  const at = '/assignments/:programme/:siret' as const;
  router.get(at, async (request, response) => {
    const found = await findAssignment(request);
    const { plan, budget, deliverables: _deliverables, ...rest } = found;
    const consumed = found.sessions.reduce((sum, s) => sum + s.halfDays, 0);
    response.json({
      ...rest,
      sessions: [...found.sessions].sort((a, b) => a.heldOn.localeCompare(b.heldOn)),
      stages: stagesOf(found),
      ...(plan ? { plan: shownPlan(plan, today()) } : {}),
      ...(budget === undefined
        ? {}
        : { budget: { planned: budget, consumed, overrun: Math.max(0, consumed - budget) } }),
    });
  });
  router.post(`${at}/staffing`, async (request, response) => {
    const { programme } = request.params;
    const chosen = request.body as Schemas['StaffAssignment'];
    const id = consultantId(programme, chosen.consultant);
    const known = (await runner.load<Consultant>(consultant.collection, [id])).get(id);
    // A programme may work without a register: then nothing speaks against anybody.
    const against = known && unfitness(known);
    const decidedBy = request.caller?.subject ?? 'unknown';
    await command(request, response, { kind: 'staff', ...chosen, decidedBy, against });
  });
  router.get(`${at}/proposal`, async (request, response) => {
    const { programme } = request.params;
    const { themes, halfDays } = request.query as { themes?: string; halfDays?: string };
    const { basin, budget, sessions } = await findAssignment(request);
    const left = (budget ?? 0) - sessions.reduce((sum, s) => sum + s.halfDays, 0);
    const need = {
      basin,
      themes: themes?.split(',') ?? [],
      halfDays: halfDays ? Number(halfDays) : Math.max(0, left),
    };
    const consultants = await runner.startingWith<Consultant>(consultant.collection, consultantId(programme, ''));
    const codes = consultants.map((c) => c.consultant);
    const { candidates, excluded } = propose(need, consultants, await loadsOf(connection, programme, codes));
    const shown: Schemas['Proposal'] = {
      ...need,
      candidates: candidates.map((c) => ({ ...c, reasons: [...c.reasons] })),
      excluded: [...excluded],
    };
    response.json(shown);
  });
  router.post(`${at}/deliverables`, async (request, response) => {
    const deliverable = request.body as Schemas['HandOver'];
    await command(request, response, { kind: 'hand-over', deliverable, today: today() });
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
