import type { components } from '@gpect/contracts/generated/api-workshops';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { actionsOfFirms } from '../invitations/enrolled-firms.js';
import { findWorkshopProgramme, workshopProgrammeId } from './lookup.js';
import { type ProgrammeCommand, workshopProgramme } from './workshop-programme.js';

type Schemas = components['schemas'];
type ActionRequest = Request<{ programme: string; action: string }>;

export function workshopProgrammeRoutes({ connection, door, runner }: ServiceContext): Router {
  const router = Router();
  const command = async (
    request: ActionRequest,
    response: Response,
    sirets: readonly string[],
    what: (frame: Pick<ProgrammeCommand, 'programme' | 'action' | 'enrolled' | 'today'>) => ProgrammeCommand,
  ) => {
    const { programme, action } = request.params;
    const actions = await actionsOfFirms(connection, programme, sirets);
    const enrolled = sirets.filter((siret) => actions.get(siret) === inProgramme(programme, action));
    const frame = { programme, action, enrolled, today: todayInParis(new Date()) };
    await door.handle(
      request,
      response,
      target(workshopProgramme, workshopProgrammeId(programme, action), what(frame)),
    );
  };
  const at = '/workshop-programmes/:programme/:action' as const;

  router.get(at, async (request, response) => {
    const { programme, action } = request.params;
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
  });
  router.post(`${at}/proposals`, async (request, response) => {
    const proposal = request.body as Schemas['ProposeWorkshop'];
    await command(request, response, [proposal.siret], (frame) => ({ ...frame, kind: 'propose', proposal }));
  });
  router.post(`${at}/proposals/:proposal/votes`, async (request, response) => {
    const { proposal } = request.params;
    const vote = request.body as Schemas['VoteForProposal'];
    await command(request, response, [vote.siret], (frame) => ({ ...frame, kind: 'vote', proposal, ...vote }));
  });
  router.post(`${at}/versions`, async (request, response) => {
    const agreed = request.body as Schemas['AgreeOnProgramme'];
    await command(request, response, agreed.agreedBy, (frame) => ({ ...frame, kind: 'agree', ...agreed }));
  });
  return router;
}
