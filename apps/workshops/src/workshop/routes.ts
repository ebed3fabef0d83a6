import type { components } from '@gpect/contracts/generated/api-workshops';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { isSiret } from '@gpect/domain-values/siret';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import { grantOf } from '@gpect/service-kit/rights/grant';
import { findActions } from '@gpect/service-kit/rights/known-actions';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { certificateOf } from '../certificates/certificate.js';
import { actionsOfFirms, invitedFirms } from '../invitations/enrolled-firms.js';
import { agreedProposals } from '../workshop-programme/lookup.js';
import { workshopsOf } from './find.js';
import { shownInList, shownWorkshop } from './shown.js';
import { type Workshop, type WorkshopCommand, workshop } from './workshop.js';

type Schemas = components['schemas'];
type WorkshopRequest = Request<{ programme: string; workshop: string }>;

export function workshopRoutes({ connection, door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const idOf = ({ params }: WorkshopRequest) => inProgramme(params.programme, params.workshop);
  const command = (request: WorkshopRequest, response: Response, what: WorkshopCommand) =>
    door.handle(request, response, target(workshop, idOf(request), what));
  const findWorkshop = async (request: WorkshopRequest): Promise<Workshop> => {
    const id = idOf(request);
    const found = (await runner.load<Workshop>(workshop.collection, [id])).get(id);
    if (!found) throw problemOf({ code: 'workshop_unknown', kind: 'unknown', detail: `there is no workshop ${id}` });
    return found;
  };
  /** The id of the action that a firm is enrolled in. */
  const actionOf = async (programme: string, siret: string | undefined): Promise<string | undefined> => {
    if (!siret) return undefined;
    if (!isSiret(siret))
      throw problemOf({
        code: 'siret_invalid',
        kind: 'rule',
        field: 'siret',
        detail: `${siret}: a check digit does not agree`,
      });
    return (await actionsOfFirms(connection, programme, [siret])).get(siret);
  };

  router.get('/workshops', async (request, response) => {
    const { programme, action } = grantOf(request).asked as { programme: string; action: string };
    const { series } = request.query as { series?: string };
    const shown: Schemas['Workshops'] = {
      workshops: (await workshopsOf(connection, programme, action, series)).map(shownInList),
    };
    response.json(shown);
  });
  router.post('/workshops', async (request, response) => {
    const planned = request.body as Schemas['PlanWorkshop'];
    const { programme } = planned;
    const action = inProgramme(programme, planned.action);
    const actionKnown = (await findActions(connection, [action])).has(action);
    const agreed = planned.proposal ? await agreedProposals(runner, programme, planned.action) : [];
    const plan: WorkshopCommand = { kind: 'plan', workshop: planned, actionKnown, agreed };
    await door.handle(request, response, target(workshop, inProgramme(programme, planned.workshop), plan));
  });
  const at = '/workshops/:programme/:workshop' as const;
  router.get(at, async (request, response) => {
    const found = await findWorkshop(request);
    const { programme, action, plannedOn } = found;
    response.json(shownWorkshop(found, await invitedFirms(connection, inProgramme(programme, action), plannedOn)));
  });
  router.post(`${at}/holding`, async (request, response) => {
    await command(request, response, { kind: 'hold', ...(request.body as Schemas['HoldWorkshop']), today: today() });
  });
  router.post(`${at}/cancellation`, async (request, response) => {
    await command(request, response, { kind: 'cancel', ...(request.body as Schemas['CancelWorkshop']) });
  });
  router.post(`${at}/attendance`, async (request, response) => {
    const { siret, attendance } = request.body as Schemas['RecordAttendance'];
    const firmAction = await actionOf(request.params.programme, siret);
    await command(request, response, { kind: 'record-attendance', siret, attendance, firmAction, today: today() });
  });
  router.post(`${at}/participants`, async (request, response) => {
    const participant = request.body as Schemas['RegisterParticipant'];
    const firmAction = await actionOf(request.params.programme, participant.siret);
    await command(request, response, { kind: 'register', participant, firmAction, today: today() });
  });
  router.post(`${at}/participants/:person/withdrawal`, async (request, response) => {
    const { person } = request.params;
    const withdrawn = request.body as Schemas['WithdrawParticipant'];
    await command(request, response, { kind: 'withdraw', person, ...withdrawn, today: today() });
  });
  router.post(`${at}/persons`, async (request, response) => {
    const { person, attendance, ...who } = request.body as Schemas['RecordPersonAttendance'];
    const action = await actionOf(request.params.programme, who.siret);
    const firmAction = () => action;
    await command(request, response, { kind: 'record-person', person, attendance, who, firmAction, today: today() });
  });
  router.post(`${at}/feedback`, async (request, response) => {
    const feedback = request.body as Schemas['GiveFeedback'];
    await command(request, response, { kind: 'give-feedback', feedback, today: today() });
  });
  router.get(`${at}/certificates/:person`, async (request, response) => {
    const { person } = request.params;
    const bytes = await certificateOf(await findWorkshop(request), person);
    response.attachment(`attestation-${person}.pdf`).type('application/pdf').send(bytes);
  });
  return router;
}
