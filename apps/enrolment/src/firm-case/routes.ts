import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { isNaf } from '@gpect/domain-values/naf';
import { isSiret } from '@gpect/domain-values/siret';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { findAction } from '../collective-action/lookup.js';
import { firmOwners } from '../collective-action/owners.js';
import { caseOf } from '../moves/case-of.js';
import { successorOf } from '../moves/known-moves.js';
import { findProgramme } from '../programme/lookup.js';
import { type FirmCase, type FirmCommand, firmCase } from './firm-case.js';
import { shownCase } from './shown.js';

type Schemas = components['schemas'];
type FirmRequest = Request<{ programme: string; siret: string }>;

const SIREN_DIGITS = 9;

export function firmCaseRoutes({ connection, door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const idOf = async (programme: string, siret: string) =>
    inProgramme(programme, await caseOf(connection, runner, programme, siret));
  const command = async (what: FirmCommand, request: FirmRequest, response: Response) =>
    door.handle(request, response, target(firmCase, await idOf(request.params.programme, request.params.siret), what));
  const establishmentsOf = (programme: string, siren: string) =>
    runner.startingWith<FirmCase>(firmCase.collection, inProgramme(programme, siren));

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
    refuseInAnothersName(firm, grantOf(request));
    const { basins } = await findAction(runner, firm.programme, firm.action);
    const detect: FirmCommand = { kind: 'detect', firm, actionBasins: basins, today: today() };
    await door.handle(request, response, target(firmCase, await idOf(firm.programme, firm.siret), detect));
  });

  const at = '/firms/:programme/:siret' as const;
  router.get(at, async (request, response) => {
    const { programme, siret } = request.params;
    const id = await idOf(programme, siret);
    const found = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
    if (!found)
      throw problemOf({ code: 'firm_unknown', kind: 'unknown', field: 'siret', detail: `there is no case ${id}` });
    const establishments = (await establishmentsOf(programme, found.siret.slice(0, SIREN_DIGITS))).map((c) => c.siret);
    const movedTo = await successorOf(connection, found.siret);
    response.json(shownCase(found, today(), { establishments, movedTo }));
  });
  router.get('/enterprises/:programme/:siren', async (request, response) => {
    const { programme, siren } = request.params;
    const cases = await establishmentsOf(programme, siren);
    const mine = await Promise.all(
      cases.map(async (found) => {
        const action = await findAction(runner, programme, found.action);
        return grantOf(request).may(firmOwners(found, action));
      }),
    );
    const shown: Schemas['Enterprise'] = {
      programme,
      siren,
      establishments: cases
        .filter((_case, i) => mine[i])
        .map((found) => shownCase(found, today(), { establishments: cases.map((c) => c.siret) })),
      hidden: mine.filter((is) => !is).length,
    };
    response.json(shown);
  });

  router.post(`${at}/qualification`, async (request, response) => {
    const rules = await findProgramme(runner, request.params.programme);
    const judged = request.body as Schemas['QualifyFirm'];
    await command({ kind: 'qualify', ...judged, rules, today: today() }, request, response);
  });
  router.post(`${at}/agreement`, async (request, response) => {
    const signed = request.body as Schemas['SignAgreement'];
    await command({ kind: 'sign', ...signed, today: today() }, request, response);
  });
  router.post(`${at}/refusal`, async (request, response) => {
    await command({ kind: 'decline', ...(request.body as Schemas['DeclineFirm']) }, request, response);
  });
  router.post(`${at}/completion`, async (request, response) => {
    const completed = request.body as Schemas['CompleteFirm'];
    await command({ kind: 'complete', ...completed, today: today() }, request, response);
  });
  router.post(`${at}/abandonment`, async (request, response) => {
    await command({ kind: 'abandon', ...(request.body as Schemas['AbandonFirm']) }, request, response);
  });
  router.post(`${at}/contacts`, async (request, response) => {
    const contact = request.body as Schemas['RecordContact'];
    await command({ kind: 'contact', contact, today: today() }, request, response);
  });
  router.post(`${at}/deferral`, async (request, response) => {
    const deferred = request.body as Schemas['DeferFirm'];
    await command({ kind: 'defer', ...deferred, today: today() }, request, response);
  });
  router.post(`${at}/suspension`, async (request, response) => {
    const suspended = request.body as Schemas['SuspendFirm'];
    await command({ kind: 'suspend', ...suspended, today: today() }, request, response);
  });
  router.post(`${at}/resumption`, async (request, response) => {
    const resumed = request.body as Schemas['ResumeFirm'];
    await command({ kind: 'resume', ...resumed, today: today() }, request, response);
  });
  router.post(`${at}/merge`, async (request, response) => {
    const { programme, siret } = request.params;
    const merged = request.body as Schemas['MergeFirm'];
    const id = inProgramme(programme, merged.into);
    const goesOn = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id)?.status;
    const merge: FirmCommand = { kind: 'merge', ...merged, goesOn, today: today() };
    // The case itself, not that of the firm it may have been merged into.
    await door.handle(request, response, target(firmCase, inProgramme(programme, siret), merge));
  });
  return router;
}

/** A partner that detects a firm says so under its own code. */
function refuseInAnothersName({ detectedBy }: Schemas['DetectFirm'], grant: Grant): void {
  const own = grant.only('partner');
  if (!own || (grant.only('carrier') ?? []).length > 0) return;
  if (detectedBy && own.includes(detectedBy)) return;
  throw new Problem(403, 'not-yours', 'This belongs to others', {
    detail: `give your own code in detectedBy: ${own.join(', ')}`,
    french: `donnez votre propre code dans detectedBy\u00a0: ${own.join(', ')}`,
  });
}
