import type { components } from '@gpect/contracts/generated/api-workshops';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { isSiret } from '@gpect/domain-values/siret';
import { findActions } from '@gpect/enrolment-facts/known-actions';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { actionsOfFirms, invitedFirms } from '../invitations/enrolled-firms.js';
import { agreedProposals } from '../workshop-programme/lookup.js';
import { certificateOf } from './certificate.js';
import { workshopsOf } from './find.js';
import { shownInList, shownWorkshop } from './shown.js';
import { type Workshop, type WorkshopCommand, workshop } from './workshop.js';

type Schemas = components['schemas'];
type WorkshopAsked = RoutedRequest<{ programme: string; workshop: string }>;

export function workshopRoutes({ connection, commands, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const idOf = ({ params }: WorkshopAsked) => inProgramme(params.programme, params.workshop);
  const command = (asked: WorkshopAsked, response: CommandResponse, what: WorkshopCommand) =>
    commands.handle(asked, response, target(workshop, idOf(asked), what));
  const findWorkshop = async (asked: WorkshopAsked): Promise<Workshop> => {
    const id = idOf(asked);
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

  return {
    'GET /workshops': async ({ query: { programme, action, series } }, response) => {
      const shown: Schemas['Workshops'] = {
        workshops: (await workshopsOf(connection, programme, action, series)).map(shownInList),
      };
      response.json(shown);
    },
    'POST /workshops': async (asked, response) => {
      const planned = asked.body;
      const { programme } = planned;
      const action = inProgramme(programme, planned.action);
      const actionKnown = (await findActions(connection, [action])).has(action);
      const agreed = planned.proposal ? await agreedProposals(runner, programme, planned.action) : [];
      const plan: WorkshopCommand = { kind: 'plan', workshop: planned, actionKnown, agreed };
      await commands.handle(asked, response, target(workshop, inProgramme(programme, planned.workshop), plan));
    },
    'GET /workshops/{programme}/{workshop}': async (asked, response) => {
      const found = await findWorkshop(asked);
      const { programme, action, plannedOn } = found;
      response.json(shownWorkshop(found, await invitedFirms(connection, inProgramme(programme, action), plannedOn)));
    },
    'POST /workshops/{programme}/{workshop}/holding': async (asked, response) => {
      await command(asked, response, { kind: 'hold', ...asked.body, today: today() });
    },
    'POST /workshops/{programme}/{workshop}/cancellation': async (asked, response) => {
      await command(asked, response, { kind: 'cancel', ...asked.body });
    },
    'POST /workshops/{programme}/{workshop}/attendance': async (asked, response) => {
      const { siret, attendance } = asked.body;
      const firmAction = await actionOf(asked.params.programme, siret);
      await command(asked, response, { kind: 'record-attendance', siret, attendance, firmAction, today: today() });
    },
    'POST /workshops/{programme}/{workshop}/participants': async (asked, response) => {
      const participant = asked.body;
      const firmAction = await actionOf(asked.params.programme, participant.siret);
      await command(asked, response, { kind: 'register', participant, firmAction, today: today() });
    },
    'POST /workshops/{programme}/{workshop}/participants/{person}/withdrawal': async (asked, response) => {
      const { person } = asked.params;
      const withdrawn = asked.body;
      await command(asked, response, { kind: 'withdraw', person, ...withdrawn, today: today() });
    },
    'POST /workshops/{programme}/{workshop}/persons': async (asked, response) => {
      const { person, attendance, ...who } = asked.body;
      const action = await actionOf(asked.params.programme, who.siret);
      const firmAction = () => action;
      await command(asked, response, { kind: 'record-person', person, attendance, who, firmAction, today: today() });
    },
    'POST /workshops/{programme}/{workshop}/feedback': async (asked, response) => {
      const feedback = asked.body;
      await command(asked, response, { kind: 'give-feedback', feedback, today: today() });
    },
    'GET /workshops/{programme}/{workshop}/certificates/{person}': async (asked, response) => {
      const { person } = asked.params;
      const bytes = certificateOf(await findWorkshop(asked), person, new Date());
      response.attachment(`attestation-${person}.pdf`).type('application/pdf').send(bytes);
    },
  } satisfies Partial<OwnRoutes<'workshops'>>;
}
