import { inProgramme } from '@gpect/domain-values/identifiers';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { ownersOfAction } from '@gpect/service-kit/rights/known-actions';
import type { Asked, Owners } from '@gpect/service-kit/rights/rights';
import type mongoose from 'mongoose';
import { type Assignment, assignment } from './assignment.js';

/** A firm's consulting belongs to its consultant and to the carriers of its action; undefined where it has none. */
export async function assignmentOwners(
  connection: mongoose.Connection,
  runner: CommandRunner,
  { params }: Asked,
): Promise<Owners | undefined> {
  const id = inProgramme(String(params['programme']), String(params['siret']));
  const found = (await runner.load<Assignment>(assignment.collection, [id])).get(id);
  if (!found) return undefined;
  const action = await ownersOfAction(connection, inProgramme(found.programme, found.action));
  return { ...action, consultants: found.consultant ? [found.consultant] : [] };
}
