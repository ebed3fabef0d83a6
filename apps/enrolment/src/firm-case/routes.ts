import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { isSiret } from '@gpect/domain-values/siret';
import { NAF } from '@gpect/reference-data/naf';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { findAction } from '../collective-action/lookup.js';
import { firmOwners } from '../collective-action/owners.js';
import { successorOf } from '../moves/known-moves.js';
import { basinOf } from '../programme/basin-communes.js';
import { GEOGRAPHY } from '../programme/geography.js';
import { findProgramme } from '../programme/lookup.js';
import { caseOf } from './case-of.js';
import { type FirmCase, type FirmCommand, firmCase } from './firm-case.js';
import { shownCase } from './shown.js';

type Schemas = components['schemas'];
type FirmAsked = RoutedRequest<{ programme: string; siret: string }>;

const SIREN_DIGITS = 9;

export function firmCaseRoutes({ connection, commands, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const idOf = async (programme: string, siret: string) =>
    inProgramme(programme, await caseOf(connection, runner, programme, siret));
  const command = async (what: FirmCommand, asked: FirmAsked, response: CommandResponse) =>
    commands.handle(asked, response, target(firmCase, await idOf(asked.params.programme, asked.params.siret), what));
  const establishmentsOf = (programme: string, siren: string) =>
    runner.startingWith<FirmCase>(firmCase.collection, inProgramme(programme, siren));

  return {
    'POST /firms': async (asked, response) => {
      const firm = asked.body;
      if (!isSiret(firm.siret))
        throw problemOf({
          code: 'siret_invalid',
          kind: 'rule',
          field: 'siret',
          detail: `${firm.siret}: a check digit does not agree`,
        });
      if (!NAF.nomenclatureOf(firm.naf))
        throw problemOf({
          code: 'naf_unknown',
          kind: 'rule',
          field: 'naf',
          detail: `${firm.naf} is no subclass of NAF rev. 2 (25.62B) or of NAF 2025 (62.10Y)`,
        });
      refuseInAnothersName(firm, grantOf(asked.request));
      const { basins: actionBasins } = await findAction(runner, firm.programme, firm.action);
      const { basins } = await findProgramme(runner, firm.programme);
      const basin = basinOf(firm, actionBasins, basins, GEOGRAPHY);
      if (!basin.ok) throw problemOf(basin.fault);
      const placed = { ...firm, basin: basin.value };
      const known = { actionBasins, basins, geography: GEOGRAPHY };
      const detect: FirmCommand = { kind: 'detect', firm: placed, ...known, today: today() };
      await commands.handle(asked, response, target(firmCase, await idOf(firm.programme, firm.siret), detect));
    },
    'GET /firms/{programme}/{siret}': async (asked, response) => {
      const { programme, siret } = asked.params;
      const id = await idOf(programme, siret);
      const found = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
      if (!found)
        throw problemOf({ code: 'firm_unknown', kind: 'unknown', field: 'siret', detail: `there is no case ${id}` });
      const establishments = (await establishmentsOf(programme, found.siret.slice(0, SIREN_DIGITS))).map(
        (c) => c.siret,
      );
      const movedTo = await successorOf(connection, found.siret);
      response.json(shownCase(found, today(), { establishments, movedTo }));
    },
    'GET /enterprises/{programme}/{siren}': async (asked, response) => {
      const { programme, siren } = asked.params;
      const cases = await establishmentsOf(programme, siren);
      const mine = await Promise.all(
        cases.map(async (found) => {
          const action = await findAction(runner, programme, found.action);
          return grantOf(asked.request).may(firmOwners(found, action));
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
    },
    'POST /firms/{programme}/{siret}/qualification': async (asked, response) => {
      const rules = await findProgramme(runner, asked.params.programme);
      const judged = asked.body;
      await command({ kind: 'qualify', ...judged, rules, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/agreement': async (asked, response) => {
      const signed = asked.body;
      await command({ kind: 'sign', ...signed, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/refusal': async (asked, response) => {
      await command({ kind: 'decline', ...asked.body }, asked, response);
    },
    'POST /firms/{programme}/{siret}/completion': async (asked, response) => {
      const completed = asked.body;
      await command({ kind: 'complete', ...completed, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/abandonment': async (asked, response) => {
      await command({ kind: 'abandon', ...asked.body }, asked, response);
    },
    'POST /firms/{programme}/{siret}/contacts': async (asked, response) => {
      const contact = asked.body;
      await command({ kind: 'contact', contact, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/deferral': async (asked, response) => {
      const deferred = asked.body;
      await command({ kind: 'defer', ...deferred, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/suspension': async (asked, response) => {
      const suspended = asked.body;
      await command({ kind: 'suspend', ...suspended, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/resumption': async (asked, response) => {
      const resumed = asked.body;
      await command({ kind: 'resume', ...resumed, today: today() }, asked, response);
    },
    'POST /firms/{programme}/{siret}/merge': async (asked, response) => {
      const { programme, siret } = asked.params;
      const merged = asked.body;
      const id = inProgramme(programme, merged.into);
      const goesOn = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id)?.status;
      const merge: FirmCommand = { kind: 'merge', ...merged, goesOn, today: today() };
      // The case itself, not that of the firm it may have been merged into.
      await commands.handle(asked, response, target(firmCase, inProgramme(programme, siret), merge));
    },
  } satisfies Partial<OwnRoutes<'enrolment'>>;
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
