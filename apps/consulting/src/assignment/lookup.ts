import { inProgramme } from '@gpect/domain-values/identifiers';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type Assignment, assignment } from './assignment.js';

/** @throws Problem `assignment_unknown` */
export async function findAssignment(
  runner: CommandRunner,
  { programme, siret }: { readonly programme: string; readonly siret: string },
): Promise<Assignment> {
  const id = inProgramme(programme, siret);
  const found = (await runner.load<Assignment>(assignment.collection, [id])).get(id);
  if (found) return found;
  throw problemOf({ code: 'assignment_unknown', kind: 'unknown', detail: `there is no assignment ${id}` });
}
