import type { components } from '@gpect/contracts/generated/api-consulting';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Consultant, type ConsultantCommand, consultant, consultantId } from './consultant.js';
import { type ConsultantsFirm, consultantsFirm, consultantsFirmId } from './consultants-firm.js';
import { type Load, loadsOf } from './load.js';

type Schemas = components['schemas'];
type ConsultantAsked = RoutedRequest<{ programme: string; consultant: string }>;

export function registerRoutes({ connection, door, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const command = ({ params }: ConsultantAsked, what: ConsultantCommand) =>
    target(consultant, consultantId(params.programme, params.consultant), what);

  return {
    'POST /consultants-firms': async (asked, response) => {
      const firm = asked.body;
      const id = consultantsFirmId(firm.programme, firm.consultantsFirm);
      await door.handle(asked, response, target(consultantsFirm, id, { kind: 'register', firm, today: today() }));
    },
    'POST /consultants': async (asked, response) => {
      const registered = asked.body;
      const firm = consultantsFirmId(registered.programme, registered.consultantsFirm);
      const firmKnown = (await runner.load(consultantsFirm.collection, [firm])).has(firm);
      const id = consultantId(registered.programme, registered.consultant);
      const register: ConsultantCommand = { kind: 'register', consultant: registered, firmKnown, today: today() };
      await door.handle(asked, response, target(consultant, id, register));
    },
    'GET /consultants/{programme}': async (asked, response) => {
      const { programme } = asked.params;
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
    },
    'GET /consultants/{programme}/{consultant}': async (asked, response) => {
      const { programme, consultant: code } = asked.params;
      const id = consultantId(programme, code);
      const found = (await runner.load<Consultant>(consultant.collection, [id])).get(id);
      if (!found)
        throw problemOf({ code: 'consultant_unknown', kind: 'unknown', detail: `there is no consultant ${code}` });
      response.json(shownConsultant(found, (await loadsOf(connection, programme, [code]))(code)));
    },
    'POST /consultants/{programme}/{consultant}/charter': async (asked, response) => {
      const charter = asked.body;
      await door.handle(asked, response, command(asked, { kind: 'sign-charter', charter, today: today() }));
    },
    'POST /consultants/{programme}/{consultant}/withdrawal': async (asked, response) => {
      const withdrawal = asked.body;
      await door.handle(asked, response, command(asked, { kind: 'withdraw', withdrawal, today: today() }));
    },
  } satisfies Partial<OwnRoutes<'consulting'>>;
}

function shownConsultant({ programme: _p, ...known }: Consultant, load: Load): Schemas['Consultant'] {
  return { ...known, load };
}
