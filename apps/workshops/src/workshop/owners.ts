import { inProgramme } from '@gpect/domain-values/identifiers';
import { ownersOfAction } from '@gpect/enrolment-facts/known-actions';
import { type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Workshop, workshop } from './workshop.js';

/** A workshop belongs to the carriers of its action: to none, as long as it is not known whose the action is. */
export function workshopOwnership({ connection, runner }: ServiceContext): Ownership {
  const ofAction = ({ programme, action }: { readonly programme: unknown; readonly action: unknown }) =>
    ownersOfAction(connection, inProgramme(String(programme), String(action)));
  return {
    action: owned({ path: ['programme', 'action'] }, ofAction),
    askedAction: owned({ query: ['programme', 'action'] }, ofAction),
    newWorkshop: owned({ body: ['programme', 'action'] }, ofAction),
    workshop: owned({ path: ['programme', 'workshop'] }, async ({ programme, workshop: code }) => {
      const id = inProgramme(String(programme), String(code));
      const found = (await runner.load<Workshop>(workshop.collection, [id])).get(id);
      return found && ((await ofAction(found)) ?? { carriers: [] });
    }),
  };
}
