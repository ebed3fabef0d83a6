import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { type Consultant, type ConsultantCommand, consultant, consultantId } from './consultant.js';
import { type ConsultantsFirm, consultantsFirm, consultantsFirmId } from './consultants-firm.js';
import { type Load, loadsOf } from './load.js';

type Schemas = components['schemas'];
type ConsultantRequest = Request<{ programme: string; consultant: string }>;

export function registerRoutes({ connection, door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const command = ({ params }: ConsultantRequest, what: ConsultantCommand) =>
    target(consultant, consultantId(params.programme, params.consultant), what);

  router.post('/consultants-firms', async (request: Request, response: Response) => {
    const firm = request.body as Schemas['RegisterConsultantsFirm'];
    const id = consultantsFirmId(firm.programme, firm.consultantsFirm);
    await door.handle(request, response, target(consultantsFirm, id, { kind: 'register', firm, today: today() }));
  });
  router.post('/consultants', async (request: Request, response: Response) => {
    const registered = request.body as Schemas['RegisterConsultant'];
    const firm = consultantsFirmId(registered.programme, registered.consultantsFirm);
    const firmKnown = (await runner.load(consultantsFirm.collection, [firm])).has(firm);
    const id = consultantId(registered.programme, registered.consultant);
    const register: ConsultantCommand = { kind: 'register', consultant: registered, firmKnown, today: today() };
    await door.handle(request, response, target(consultant, id, register));
  });
  router.get('/consultants/:programme', async (request, response) => {
    const { programme } = request.params;
    const firms = await runner.startingWith<ConsultantsFirm>(
      consultantsFirm.collection,
      consultantsFirmId(programme, ''),
    );
    const known = await runner.startingWith<Consultant>(consultant.collection, consultantId(programme, ''));
    const codes = known.map((c) => c.consultant);
    const loadOf = await loadsOf(connection, programme, codes);
    const shown: Schemas['Register'] = {
      firms: firms.map(({ programme: _p, ...firm }) => firm),
      consultants: known.map((c) => shownConsultant(c, loadOf(c.consultant))),
    };
    response.json(shown);
  });
  const at = '/consultants/:programme/:consultant' as const;
  router.get(at, async (request, response) => {
    const { programme, consultant: code } = request.params;
    const id = consultantId(programme, code);
    const found = (await runner.load<Consultant>(consultant.collection, [id])).get(id);
    if (!found)
      throw problemOf({ code: 'consultant_unknown', kind: 'unknown', detail: `there is no consultant ${code}` });
    response.json(shownConsultant(found, (await loadsOf(connection, programme, [code]))(code)));
  });
  router.post(`${at}/charter`, async (request, response) => {
    const charter = request.body as Schemas['SignCharter'];
    await door.handle(request, response, command(request, { kind: 'sign-charter', charter, today: today() }));
  });
  router.post(`${at}/withdrawal`, async (request, response) => {
    const withdrawal = request.body as Schemas['WithdrawConsultant'];
    await door.handle(request, response, command(request, { kind: 'withdraw', withdrawal, today: today() }));
  });
  return router;
}

function shownConsultant({ programme: _p, ...known }: Consultant, load: Load): Schemas['Consultant'] {
  return { ...known, load };
}
