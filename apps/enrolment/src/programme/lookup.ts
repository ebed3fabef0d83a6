import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type Programme, programme } from './programme.js';

/** The rules that other decisions of this service look at. @throws Problem 404 */
export async function findProgramme(runner: CommandRunner, code: string): Promise<Programme> {
  const found = (await runner.load<Programme>(programme.collection, [code])).get(code);
  if (!found)
    throw problemOf({
      code: 'programme_unknown',
      kind: 'unknown',
      field: 'programme',
      detail: `there is no programme ${code}; open it first`,
    });
  return found;
}
