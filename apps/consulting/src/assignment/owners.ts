import { inProgramme } from '@gpect/domain-values/identifiers';
import { ownersOfAction } from '@gpect/enrolment-facts/known-actions';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { type Owners, type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type mongoose from 'mongoose';
import { type Assignment, assignment } from './assignment.js';

/** A firm's consulting belongs to its consultant and to the carriers of its action; a session also to who held it. */
export function consultingOwnership({ connection, runner }: ServiceContext): Ownership {
  return {
    assignment: owned({ path: ['programme', 'siret'] }, ({ programme, siret }) =>
      ownersOf(connection, runner, programme, siret),
    ),
    session: owned(
      { path: ['programme', 'siret'], body: ['consultant'] },
      async ({ programme, siret, consultant: heldBy }) => {
        const owners = await ownersOf(connection, runner, programme, siret);
        return owners && [owners, { ...owners, consultants: [String(heldBy)] }];
      },
    ),
    consultant: owned({ path: ['consultant'] }, ({ consultant }) => ({ consultants: [String(consultant)] })),
  };
}

/** Undefined where the firm has no assignment. */
async function ownersOf(
  connection: mongoose.Connection,
  runner: CommandRunner,
  programme: unknown,
  siret: unknown,
): Promise<Owners | undefined> {
  const id = inProgramme(String(programme), String(siret));
  const found = (await runner.load<Assignment>(assignment.collection, [id])).get(id);
  if (!found) return undefined;
  const action = await ownersOfAction(connection, inProgramme(found.programme, found.action));
  return { ...action, consultants: found.consultant ? [found.consultant] : [] };
}
