import { inProgramme } from '@gpect/domain-values/identifiers';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { type WorkshopProgramme, workshopProgramme } from './workshop-programme.js';

export const workshopProgrammeId = (programme: string, action: string) =>
  inProgramme(programme, action, 'workshop-programme');

export async function findWorkshopProgramme(
  runner: CommandRunner,
  programme: string,
  action: string,
): Promise<WorkshopProgramme> {
  const id = workshopProgrammeId(programme, action);
  const found = (await runner.load<WorkshopProgramme>(workshopProgramme.collection, [id])).get(id);
  return found ?? workshopProgramme.initial;
}

/** The proposals of the version in force. */
export async function agreedProposals(runner: CommandRunner, programme: string, action: string): Promise<string[]> {
  const { versions } = await findWorkshopProgramme(runner, programme, action);
  return versions.at(-1)?.items.map((item) => item.proposal) ?? [];
}
