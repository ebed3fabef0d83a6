import { inProgramme } from '@gpect/domain-values/identifiers';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type CollectiveAction, collectiveAction } from './collective-action.js';

/** @throws Problem 404 */
export async function findAction(runner: CommandRunner, programme: string, action: string): Promise<CollectiveAction> {
  const id = inProgramme(programme, action);
  const found = (await runner.load<CollectiveAction>(collectiveAction.collection, [id])).get(id);
  if (!found)
    throw problemOf({
      code: 'action_unknown',
      kind: 'unknown',
      field: 'action',
      detail: `there is no collective action ${id}; launch it first`,
    });
  return found;
}
