import type { components } from '@gpect/contracts/generated/api-workshops';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { actionsOfFirms } from '../invitations/enrolled-firms.js';
import { findWorkshopProgramme, workshopProgrammeId } from './lookup.js';
import { type ProgrammeCommand, workshopProgramme } from './workshop-programme.js';

type Schemas = components['schemas'];
type ActionAsked = RoutedRequest<{ programme: string; action: string }>;

export function workshopProgrammeRoutes({ connection, commands, runner }: ServiceContext) {
  const command = async (
    asked: ActionAsked,
    response: CommandResponse,
    sirets: readonly string[],
    what: (frame: Pick<ProgrammeCommand, 'programme' | 'action' | 'enrolled' | 'today'>) => ProgrammeCommand,
  ) => {
    const { programme, action } = asked.params;
    const actions = await actionsOfFirms(connection, programme, sirets);
    const enrolled = sirets.filter((siret) => actions.get(siret) === inProgramme(programme, action));
    const frame = { programme, action, enrolled, today: todayInParis(new Date()) };
    await commands.handle(
      asked,
      response,
      target(workshopProgramme, workshopProgrammeId(programme, action), what(frame)),
    );
  };

  return {
    'GET /workshop-programmes/{programme}/{action}': async (asked, response) => {
      const { programme, action } = asked.params;
      const { proposals, versions } = await findWorkshopProgramme(runner, programme, action);
      const shown: Schemas['WorkshopProgramme'] = {
        programme,
        action,
        proposals: proposals
          .map((p) => ({ ...p, votes: [...p.votes] }))
          .sort((a, b) => b.votes.length - a.votes.length || a.proposal.localeCompare(b.proposal)),
        versions: [...versions],
      };
      response.json(shown);
    },
    'POST /workshop-programmes/{programme}/{action}/proposals': async (asked, response) => {
      const proposal = asked.body;
      await command(asked, response, [proposal.siret], (frame) => ({ ...frame, kind: 'propose', proposal }));
    },
    'POST /workshop-programmes/{programme}/{action}/proposals/{proposal}/votes': async (asked, response) => {
      const { proposal } = asked.params;
      const vote = asked.body;
      await command(asked, response, [vote.siret], (frame) => ({ ...frame, kind: 'vote', proposal, ...vote }));
    },
    'POST /workshop-programmes/{programme}/{action}/versions': async (asked, response) => {
      const agreed = asked.body;
      await command(asked, response, agreed.agreedBy, (frame) => ({ ...frame, kind: 'agree', ...agreed }));
    },
  } satisfies Partial<OwnRoutes<'workshops'>>;
}
