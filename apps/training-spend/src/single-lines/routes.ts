import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Spend } from '../spend.js';
import { settlementsOf } from '../spend-file/settlements.js';
import { spendFile } from '../spend-file/spend-file.js';
import { AlikeButForZeros } from '../spend-line/alike-but-for-zeros.js';
import { fileIdOf, isIn, originIn } from '../spend-line/file-id.js';
import { identityOf, keptAs } from '../spend-line/kept-line.js';
import { loadAlike, loadLines, saveLines } from '../spend-line/line-store.js';
import { Overtaken } from '../spend-line/overtaken.js';
import { allWithoutZeros, sameReference } from '../spend-line/reference.js';
import { fileOfLines } from './file-of-lines.js';
import { LineNumbers } from './line-numbers.js';
import { recordLine, type SentLine } from './record-line.js';

const ATTEMPTS = 10;

/** One line at a time, for systems that say each payment when it is made. */
export function spendLineRoutes({ connection, commands }: ServiceContext, { files }: Spend) {
  const numbers = new LineNumbers(connection);

  /** How many events were said of a file. */
  async function saidOf(fileId: string): Promise<number> {
    const found = await stateModel(connection, spendFile.collection).findById(fileId).lean();
    return found?.version ?? 0;
  }

  async function record(asked: RoutedRequest<unknown, unknown, SentLine>, response: CommandResponse): Promise<void> {
    const sent = asked.body;
    const { programme, funder } = sent;
    const file = fileOfLines(sent);
    const [id, fileId] = [
      inProgramme(programme, funder, sameReference(sent.reference)),
      fileIdOf(programme, funder, file.fileId),
    ];
    const [own, others, line] = await Promise.all([
      loadLines(connection, [id]),
      loadAlike(connection, allWithoutZeros([id])),
      numbers.next(fileId, () => saidOf(fileId)),
    ]);
    const known = new Map([...others, ...own]);
    const origin = originIn(fileId, line);
    const alike = new AlikeButForZeros(known.keys()).of(id, (key) => known.get(key));
    const decided = recordLine(sent, known.get(id), alike, origin, todayInParis(new Date()));
    if (!decided.ok) throw problemOf(decided.fault);
    const key = decided.value.key ?? id;
    const before = known.get(key);
    const reference = before ? identityOf(before).reference : sameReference(sent.reference);
    const changes = decided.value.changes.map((change) => ({ reference, change }));
    const settled = decided.value.settled.map((settlement) => ({ reference, ...settlement }));
    const settling = await settlementsOf(files, file, { changes, settled });
    const after = keptAs(key, before, decided.value.line);
    await commands.handle(
      asked,
      response,
      target(spendFile, fileId, {
        kind: 'say-changes',
        file,
        changes: changes.filter(({ change }) => isIn(fileId, change.origin)),
        because: 'TAKEN_BACK',
      }),
      {
        targets: settling.map((other) => other.target),
        write: async (session) => {
          if (after !== before) await saveLines(connection, [{ before, after }], session);
          for (const other of settling) await other.write(session);
        },
      },
    );
  }

  return {
    'POST /lines': async (asked, response) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await record(asked, response);
        } catch (error) {
          if (!(error instanceof Overtaken)) throw error;
          if (attempt === ATTEMPTS)
            throw new Problem(503, 'try-again', 'The line changed at this moment', {
              detail: 'nothing was done; send it again',
              french: 'rien n’a été fait : renvoyez la ligne',
            });
        }
      }
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
