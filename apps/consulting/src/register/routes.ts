import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type ConsultantCommand, consultant, consultantId } from './consultant.js';
import { consultantsFirm, consultantsFirmId } from './consultants-firm.js';

type ConsultantAsked = RoutedRequest<{ programme: string; consultant: string }>;

export function registerRoutes({ commands, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const command = ({ params }: ConsultantAsked, what: ConsultantCommand) =>
    target(consultant, consultantId(params.programme, params.consultant), what);

  return {
    'POST /consultants-firms': async (asked, response) => {
      const firm = asked.body;
      const id = consultantsFirmId(firm.programme, firm.consultantsFirm);
      await commands.handle(asked, response, target(consultantsFirm, id, { kind: 'register', firm, today: today() }));
    },
    'POST /consultants': async (asked, response) => {
      const registered = asked.body;
      const firm = consultantsFirmId(registered.programme, registered.consultantsFirm);
      const firmKnown = (await runner.load(consultantsFirm.collection, [firm])).has(firm);
      const id = consultantId(registered.programme, registered.consultant);
      const register: ConsultantCommand = { kind: 'register', consultant: registered, firmKnown, today: today() };
      await commands.handle(asked, response, target(consultant, id, register));
    },
    'POST /consultants/{programme}/{consultant}/charter': async (asked, response) => {
      const charter = asked.body;
      await commands.handle(asked, response, command(asked, { kind: 'sign-charter', charter, today: today() }));
    },
    'POST /consultants/{programme}/{consultant}/withdrawal': async (asked, response) => {
      const withdrawal = asked.body;
      await commands.handle(asked, response, command(asked, { kind: 'withdraw', withdrawal, today: today() }));
    },
  } satisfies Partial<OwnRoutes<'consulting'>>;
}
