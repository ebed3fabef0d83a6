import { inProgramme } from '@gpect/domain-values/identifiers';
import { ownersOfAction } from '@gpect/enrolment-facts/known-actions';
import { type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Survey, survey } from './survey.js';

/** A firm's word is recorded by the carriers of its action; what funders see of practices, by each of them. */
export function evaluationOwnership({ connection, runner }: ServiceContext): Ownership {
  return {
    funder: owned({ path: ['funder'] }, ({ funder }) => ({ funders: [String(funder)] })),
    firm: owned({ path: ['programme', 'siret'] }, async ({ programme, siret }) => {
      const id = inProgramme(String(programme), String(siret));
      const found = (await runner.load<Survey>(survey.collection, [id])).get(id);
      return (
        found && ((await ownersOfAction(connection, inProgramme(found.programme, found.action))) ?? { carriers: [] })
      );
    }),
  };
}
