import { inProgramme } from '@gpect/domain-values/identifiers';
import { type Owners, type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type CollectiveAction, collectiveAction } from '../collective-action/collective-action.js';
import { firmOwners, ownersOf } from '../collective-action/owners.js';
import { caseOf } from '../firm-case/case-of.js';
import { type FirmCase, firmCase } from '../firm-case/firm-case.js';

interface InAction {
  readonly programme: unknown;
  readonly action: unknown;
}

/** An action, and the firms in it, belong to its carriers; any partner of the action detects firms for it. */
export function enrolmentOwnership({ connection, runner }: ServiceContext): Ownership {
  const find = async (programme: unknown, action: unknown): Promise<CollectiveAction | undefined> => {
    const id = inProgramme(String(programme), String(action));
    return (await runner.load<CollectiveAction>(collectiveAction.collection, [id])).get(id);
  };
  const ofAction = async ({ programme, action }: InAction) => {
    const found = await find(programme, action);
    return found && ownersOf(found);
  };
  const ofFirm = async (programme: unknown, siret: unknown): Promise<Owners | undefined> => {
    const code = String(programme);
    const id = inProgramme(code, await caseOf(connection, runner, code, String(siret)));
    const found = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
    if (!found) return undefined;
    const action = await find(found.programme, found.action);
    return action ? firmOwners(found, action) : { carriers: [] };
  };
  const named = (carriers: unknown): Owners => ({ carriers: (carriers as { code: string }[]).map((c) => c.code) });
  return {
    action: owned({ path: ['programme', 'action'] }, ofAction),
    askedAction: owned({ query: ['programme', 'action'] }, ofAction),
    newFirm: owned({ body: ['programme', 'action'] }, async ({ programme, action }) => {
      const found = await find(programme, action);
      return (
        found &&
        ownersOf(
          found,
          (found.partners ?? []).map((p) => p.partner),
        )
      );
    }),
    newAction: owned({ body: ['carriers'] }, ({ carriers }) => named(carriers)),
    newProject: owned({ body: ['applicants'] }, ({ applicants }) => named(applicants)),
    firm: owned({ path: ['programme', 'siret'] }, ({ programme, siret }) => ofFirm(programme, siret)),
    // The case that ends and the case that goes on: who has one of them may not write in the other.
    mergedFirms: owned({ path: ['programme', 'siret'], body: ['into'] }, async ({ programme, siret, into }) => {
      const owners = await Promise.all([ofFirm(programme, siret), ofFirm(programme, into)]);
      return owners.flatMap((of) => of ?? []);
    }),
  };
}
