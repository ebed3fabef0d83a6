import { inProgramme } from '@gpect/domain-values/identifiers';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type CallForProjects, callForProjects } from './call-for-projects.js';

export const callId = (programme: string, call: string) => inProgramme(programme, 'calls', call);

/** @throws Problem 404 */
export async function findCall(runner: CommandRunner, programme: string, call: string): Promise<CallForProjects> {
  const id = callId(programme, call);
  const found = (await runner.load<CallForProjects>(callForProjects.collection, [id])).get(id);
  if (!found)
    throw problemOf({ code: 'call_unknown', kind: 'unknown', field: 'call', detail: `there is no call ${id}` });
  return found;
}

/** Whether the project of a call was selected, by the State and the Region both. @throws Problem 404 */
export async function isSelected(
  runner: CommandRunner,
  programme: string,
  call: string,
  project: string,
): Promise<boolean> {
  const { projects } = await findCall(runner, programme, call);
  return projects.some((p) => p.project === project && p.outcome === 'SELECTED');
}
