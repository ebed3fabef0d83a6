import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Owners, Ownership } from '@gpect/service-kit/rights/rights';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type FirmCase, firmCase } from '../firm-case/firm-case.js';
import { caseOf } from '../moves/case-of.js';
import { type CollectiveAction, collectiveAction } from './collective-action.js';

/** Whose an action is: its carriers'; `partners` are those who may act in it in this matter. */
export function ownersOf(action: CollectiveAction, partners: readonly string[] = []): Owners {
  return { carriers: action.carriers.map((c) => c.code), partners };
}

/** Who may write in a case and see it beside the carriers: partners that detect firms in the action, and who detected this one. */
export function firmOwners(found: FirmCase, action: CollectiveAction): Owners {
  const detecting = (action.partners ?? []).filter((p) => p.roles.includes('DETECTION')).map((p) => p.partner);
  const detectedBy = [found, ...(found.again ?? [])].flatMap((d) => d.detectedBy ?? []);
  return ownersOf(action, [...detecting, ...detectedBy]);
}

/** An action, and the firms in it, belong to its carriers; any partner of the action detects firms for it. */
export function enrolmentOwnership({ connection, runner }: ServiceContext): Ownership {
  const find = async (programme: unknown, action: unknown): Promise<CollectiveAction | undefined> => {
    const id = inProgramme(String(programme), String(action));
    return (await runner.load<CollectiveAction>(collectiveAction.collection, [id])).get(id);
  };
  const ofAction = async (programme: unknown, action: unknown) => {
    const found = await find(programme, action);
    return found && ownersOf(found);
  };
  return {
    action: ({ params }) => ofAction(params['programme'], params['action']),
    askedAction: ({ query }) => ofAction(query['programme'], query['action']),
    newFirm: async ({ body }) => {
      const found = await find(body['programme'], body['action']);
      return (
        found &&
        ownersOf(
          found,
          (found.partners ?? []).map((p) => p.partner),
        )
      );
    },
    newAction: ({ body }) => ({ carriers: (body['carriers'] as { code: string }[]).map((c) => c.code) }),
    newProject: ({ body }) => ({ carriers: (body['applicants'] as { code: string }[]).map((c) => c.code) }),
    firm: async ({ params }) => {
      const [programme, asked] = [String(params['programme']), String(params['siret'])];
      const id = inProgramme(programme, await caseOf(connection, runner, programme, asked));
      const found = (await runner.load<FirmCase>(firmCase.collection, [id])).get(id);
      const action = found && (await find(found.programme, found.action));
      return action && firmOwners(found, action);
    },
  };
}
