import type { components } from '@gpect/contracts/generated/api-workshops';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { isSiret } from '@gpect/domain-values/siret';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import { findActions } from '@gpect/service-kit/rights/known-actions';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { actionsOfFirms, invitedFirms } from '../invitations/enrolled-firms.js';
import { type Workshop, type WorkshopCommand, workshop } from './workshop.js';

type Schemas = components['schemas'];
type WorkshopRequest = Request<{ programme: string; workshop: string }>;

export function workshopRoutes({ connection, door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const idOf = ({ params }: WorkshopRequest) => inProgramme(params.programme, params.workshop);
  const command = (request: WorkshopRequest, response: Response, what: WorkshopCommand) =>
    door.handle(request, response, target(workshop, idOf(request), what));

  router.post('/workshops', async (request, response) => {
    const plan = request.body as Schemas['PlanWorkshop'];
    const action = inProgramme(plan.programme, plan.action);
    const actionKnown = (await findActions(connection, [action])).has(action);
    await door.handle(
      request,
      response,
      target(workshop, inProgramme(plan.programme, plan.workshop), { kind: 'plan', workshop: plan, actionKnown }),
    );
  });
  router.get('/workshops/:programme/:workshop', async (request, response) => {
    const id = idOf(request);
    const found = (await runner.load<Workshop>(workshop.collection, [id])).get(id);
    if (!found) throw problemOf({ code: 'workshop_unknown', kind: 'unknown', detail: `there is no workshop ${id}` });
    const { attendance, programme, action, workshop: name, plannedOn, theme, status } = found;
    const invited = new Set([
      ...(await invitedFirms(connection, inProgramme(programme, action), plannedOn)),
      ...Object.keys(attendance),
    ]);
    response.json({
      programme,
      action,
      workshop: name,
      plannedOn,
      theme,
      status,
      invited: [...invited]
        .sort()
        .map((siret) => ({ siret, ...(attendance[siret] ? { attendance: attendance[siret] } : {}) })),
    });
  });
  router.post('/workshops/:programme/:workshop/holding', async (request, response) => {
    await command(request, response, { kind: 'hold', ...(request.body as Schemas['HoldWorkshop']), today: today() });
  });
  router.post('/workshops/:programme/:workshop/cancellation', async (request, response) => {
    await command(request, response, { kind: 'cancel', ...(request.body as Schemas['CancelWorkshop']) });
  });
  router.post('/workshops/:programme/:workshop/attendance', async (request, response) => {
    const { siret, attendance } = request.body as Schemas['RecordAttendance'];
    if (!isSiret(siret))
      throw problemOf({
        code: 'siret_invalid',
        kind: 'rule',
        field: 'siret',
        detail: `${siret}: a check digit does not agree`,
      });
    const firmAction = (await actionsOfFirms(connection, request.params.programme, [siret])).get(siret);
    await command(request, response, { kind: 'record-attendance', siret, attendance, firmAction, today: today() });
  });
  return router;
}
