import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Owners, Ownership } from '@gpect/service-kit/rights/rights';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type FirmCase, firmCase } from '../firm-case/firm-case.js';
import { type CollectiveAction, collectiveAction } from './collective-action.js';

/** An action, and the firms in it, belong to its carriers. */
export function enrolmentOwnership({ runner }: ServiceContext): Ownership {
  const ofAction = async (programme: unknown, action: unknown): Promise<Owners | undefined> => {
    const id = inProgramme(String(programme), String(action));
    const found = (await runner.load<CollectiveAction>(collectiveAction.collection, [id])).get(id);
    return found && { carriers: found.carriers.map((c) => c.code) };
  };
  return {
    action: ({ params }) => ofAction(params['programme'], params['action']),
    askedAction: ({ query }) => ofAction(query['programme'], query['action']),
    newFirm: ({ body }) => ofAction(body['programme'], body['action']),
    newAction: ({ body }) => ({ carriers: (body['carriers'] as { code: string }[]).map((c) => c.code) }),
    firm: async ({ params }) => {
      const id = inProgramme(String(params['programme']), String(params['siret']));
      const found = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
      return found && ofAction(found.programme, found.action);
    },
  };
}
