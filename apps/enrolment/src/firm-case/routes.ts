import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { isNaf } from '@gpect/domain-values/naf';
import { isSiret } from '@gpect/domain-values/siret';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { findAction } from '../collective-action/lookup.js';
import { findProgramme } from '../programme/lookup.js';
import { ALLOWED, type FirmCase, type FirmCommand, firmCase } from './firm-case.js';
import { isDue } from './rhythm.js';

type Schemas = components['schemas'];
type FirmRequest = Request<{ programme: string; siret: string }>;

export function firmCaseRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const idOf = ({ params }: FirmRequest) => inProgramme(params.programme, params.siret);
  const command = (request: FirmRequest, response: Response, what: FirmCommand) =>
    door.handle(request, response, target(firmCase, idOf(request), what));

  router.post('/firms', async (request, response) => {
    const firm = request.body as Schemas['DetectFirm'];
    if (!isSiret(firm.siret))
      throw problemOf({
        code: 'siret_invalid',
        kind: 'rule',
        field: 'siret',
        detail: `${firm.siret}: a check digit does not agree`,
      });
    if (!isNaf(firm.naf))
      throw problemOf({
        code: 'naf_unknown',
        kind: 'rule',
        field: 'naf',
        detail: `${firm.naf} is no subclass of NAF rev. 2`,
      });
    const { basins } = await findAction(runner, firm.programme, firm.action);
    const detect: FirmCommand = { kind: 'detect', firm, actionBasins: basins, today: today() };
    await door.handle(request, response, target(firmCase, inProgramme(firm.programme, firm.siret), detect));
  });

  router.get('/firms/:programme/:siret', async (request, response) => {
    const id = idOf(request);
    const found = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
    if (!found)
      throw problemOf({ code: 'firm_unknown', kind: 'unknown', field: 'siret', detail: `there is no case ${id}` });
    const { programme, siret, action, basin, name, headcount, status, enrolledOn, completedOn, left } = found;
    const { source, contacts = [], moves = [], signatories = [] } = found;
    const wakeUpOn = status === 'DEFERRED' || status === 'SUSPENDED' ? moves.at(-1)?.wakeUpOn : undefined;
    response.json({
      programme,
      siret,
      action,
      basin,
      name,
      headcount,
      status,
      allowed: ALLOWED[status],
      source,
      contacts,
      moves,
      signatories,
      ...(wakeUpOn ? { wakeUpOn, due: isDue(found, today()) } : {}),
      ...(enrolledOn ? { enrolledOn } : {}),
      ...(completedOn ? { completedOn } : {}),
      ...(status === 'ABANDONED' && left?.on ? { abandonedOn: left.on } : {}),
    });
  });

  router.post('/firms/:programme/:siret/qualification', async (request, response) => {
    const rules = await findProgramme(runner, request.params.programme);
    await command(request, response, { kind: 'qualify', ...(request.body as Schemas['QualifyFirm']), rules });
  });
  router.post('/firms/:programme/:siret/agreement', async (request, response) => {
    await command(request, response, { kind: 'sign', ...(request.body as Schemas['SignAgreement']), today: today() });
  });
  router.post('/firms/:programme/:siret/refusal', async (request, response) => {
    await command(request, response, { kind: 'decline', ...(request.body as Schemas['DeclineFirm']) });
  });
  router.post('/firms/:programme/:siret/completion', async (request, response) => {
    await command(request, response, {
      kind: 'complete',
      ...(request.body as Schemas['CompleteFirm']),
      today: today(),
    });
  });
  router.post('/firms/:programme/:siret/abandonment', async (request, response) => {
    await command(request, response, { kind: 'abandon', ...(request.body as Schemas['AbandonFirm']) });
  });
  router.post('/firms/:programme/:siret/contacts', async (request, response) => {
    const contact = request.body as Schemas['RecordContact'];
    await command(request, response, { kind: 'contact', contact, today: today() });
  });
  router.post('/firms/:programme/:siret/deferral', async (request, response) => {
    await command(request, response, { kind: 'defer', ...(request.body as Schemas['DeferFirm']), today: today() });
  });
  router.post('/firms/:programme/:siret/suspension', async (request, response) => {
    await command(request, response, { kind: 'suspend', ...(request.body as Schemas['SuspendFirm']), today: today() });
  });
  router.post('/firms/:programme/:siret/resumption', async (request, response) => {
    await command(request, response, { kind: 'resume', ...(request.body as Schemas['ResumeFirm']), today: today() });
  });
  return router;
}
