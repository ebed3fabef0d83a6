import { inProgramme } from '@gpect/domain-values/identifiers';
import { ownersOfAction } from '@gpect/service-kit/rights/known-actions';
import type { Ownership } from '@gpect/service-kit/rights/rights';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Workshop, workshop } from './workshop.js';

/** A workshop belongs to the carriers of its action. */
export function workshopOwnership({ connection, runner }: ServiceContext): Ownership {
  const ofAction = (programme: unknown, action: unknown) =>
    ownersOfAction(connection, inProgramme(String(programme), String(action)));
  return {
    action: ({ params }) => ofAction(params['programme'], params['action']),
    askedAction: ({ query }) => ofAction(query['programme'], query['action']),
    newWorkshop: ({ body }) => ofAction(body['programme'], body['action']),
    workshop: async ({ params }) => {
      const id = inProgramme(String(params['programme']), String(params['workshop']));
      const found = (await runner.load<Workshop>(workshop.collection, [id])).get(id);
      return found && ofAction(found.programme, found.action);
    },
  };
}
