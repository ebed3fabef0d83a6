import { inProgramme } from '@gpect/domain-values/identifiers';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import type mongoose from 'mongoose';
import { movedTo } from '../moves/known-moves.js';
import { type FirmCase, firmCase } from './firm-case.js';

/** A firm that moves more often than this within a programme is a mistake in the data. */
const MOST_MOVES = 5;

/**
 * Under which SIRET each of these firms has its case in a programme: its own, that of the case it was merged into, or that
 * of the establishment that moved there. A firm without a case is its own.
 */
export async function casesOf(
  connection: mongoose.Connection,
  runner: CommandRunner,
  programme: string,
  sirets: readonly string[],
): Promise<Map<string, string>> {
  const result = new Map(sirets.map((siret) => [siret, siret]));
  let open = new Map(sirets.map((siret) => [siret, siret]));
  for (let move = 0; open.size > 0 && move <= MOST_MOVES; move++) {
    const ids = [...open.values()].map((siret) => inProgramme(programme, siret));
    const cases = await runner.load<FirmCase>(firmCase.collection, ids);
    const missing = new Map<string, string>();
    for (const [asked, siret] of open) {
      const found = cases.get(inProgramme(programme, siret));
      if (found) result.set(asked, found.mergedInto ?? siret);
      else missing.set(asked, siret);
    }
    const before = new Map((await movedTo(connection, [...missing.values()])).map((m) => [m.successor, m._id]));
    open = new Map(
      [...missing].flatMap(([asked, siret]) => {
        const from = before.get(siret);
        return from ? [[asked, from] as const] : [];
      }),
    );
  }
  return result;
}

/** The SIRET under which one firm has its case. */
export async function caseOf(
  connection: mongoose.Connection,
  runner: CommandRunner,
  programme: string,
  siret: string,
): Promise<string> {
  return (await casesOf(connection, runner, programme, [siret])).get(siret) ?? siret;
}
