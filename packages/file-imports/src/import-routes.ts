import { pipeline } from 'node:stream/promises';
import type { ServiceName } from '@gpect/contracts/api-documents';
import { RequestContracts } from '@gpect/contracts/request-contracts';
import { todayInParis } from '@gpect/domain-values/calendar';
import { Quotas, quotaOf } from '@gpect/file-uploads/quota';
import { spooled } from '@gpect/file-uploads/spool';
import { withTable } from '@gpect/file-uploads/spooled-file';
import { receiveFile } from '@gpect/file-uploads/upload';
import { uploadProblem } from '@gpect/file-uploads/upload-messages';
import type { OnBroken } from '@gpect/service-kit/aggregate/command-runner';
import { DAY_FORMAT } from '@gpect/service-kit/http/day-format';
import { languageOf } from '@gpect/service-kit/http/language';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { logForbiddenLines } from '@gpect/service-kit/http/security-log';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { LineForbidden } from '@gpect/service-kit/rights/line-rights';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { KeptRefusals, newImportId } from './kept-refusals.js';
import type { Deciding, LineImport } from './line-import.js';
import { importTable, previewTable } from './run-import.js';

type ImportOperation = 'POST /imports' | 'POST /previews' | 'GET /imports/{programme}/{import}/refusals.csv';

type ImportRoutes<Name extends ServiceName> = {
  readonly [Operation in ImportOperation & keyof OwnRoutes<Name>]: OwnRoutes<Name>[Operation];
};

/** What of a request names the kind of file that it sends. */
type ImportQuery<Name extends ServiceName> =
  OwnRoutes<Name> extends {
    readonly 'POST /imports': (asked: infer Asked extends RoutedRequest, response: never) => unknown;
  }
    ? Asked['query']
    : never;

/** The kind of file that a request names, by its query. */
type ImportKinds<Name extends ServiceName> = (
  query: ImportQuery<Name>,
  today: string,
) => LineImport | Promise<LineImport>;

/** What names the kind of file: the services differ in the rest. */
type ImportAsked = RoutedRequest<unknown, object>;

/** A file is found out by itself: nothing of it is declared. */
const UNDECLARED = { encoding: 'auto', delimiter: 'auto' };

/**
 * The routes for people without a system: one table, answered by a report of every refused line; a preview that keeps nothing;
 * and the refused lines as a file to be mended and sent again.
 */
export function importRoutes<Name extends ServiceName>(
  { connection, runner, logger, document, config }: ServiceContext,
  kinds: ImportKinds<Name>,
): ImportRoutes<Name> {
  const kept = new KeptRefusals(connection);
  const quotas = new Quotas(connection, quotaOf(config));
  const contracts = new RequestContracts(document, { date: DAY_FORMAT });

  const apart: OnBroken = (err) =>
    logger.error({ err }, 'a line is refused: the event that it asks for is no valid one');

  async function decidingFor({ query, request }: ImportAsked, run: Deciding['run']): Promise<Deciding> {
    const grant = grantOf(request);
    const today = todayInParis(new Date());
    // The contract of the service says what of its query names the kind, and the request was held against that.
    const spec = await kinds(query as never, today);
    return { spec, contracts, today, maySend: (lines) => grant.forbidden(lines), run };
  }

  const routes: ImportRoutes<'enrolment'> = {
    'POST /imports': async (asked, response) => {
      const { request } = asked;
      const { programme } = asked.query;
      const grant = grantOf(request);
      const language = languageOf(request);
      const deciding = await decidingFor(asked, (targets) => runner.run(targets, { apart }));
      const { fileName, stream } = await receiveFile(request);
      const length = Number(request.get('content-length') ?? 0);
      const id = newImportId();
      const sender = senderOf(grant);
      const refused: LineForbidden[] = [];
      const watched: Deciding = {
        ...deciding,
        maySend: async (lines) => {
          const forbidden = await deciding.maySend(lines);
          refused.push(...forbidden.flatMap((fault) => fault ?? []));
          return forbidden;
        },
      };
      try {
        const answer = await quotas.readWithin(sender, stream, length, (counted) =>
          spooled(counted, (file) =>
            withTable(file, UNDECLARED, { sender, language }, async (table) => {
              const { report, headings } = await importTable(fileName, table, watched, language, (lines) =>
                kept.keepLines(programme, id, lines),
              );
              if (report.refused === 0) return report;
              const { delimiter } = table;
              const owners = ownersOf(grant);
              await kept.keepFile(programme, id, {
                file: fileName,
                headings,
                owners,
                ...(delimiter ? { delimiter } : {}),
              });
              return { ...report, refusalsFile: `/imports/${programme}/${id}/refusals.csv` };
            }),
          ),
        );
        response.json(answer);
      } finally {
        logForbiddenLines(logger, request, refused);
      }
    },

    'POST /previews': async (asked, response) => {
      const { request } = asked;
      const { lines = 20 } = asked.query;
      const language = languageOf(request);
      const deciding = await decidingFor(asked, (targets) => runner.wouldDo(targets, apart));
      const sender = senderOf(grantOf(request));
      const { stream } = await receiveFile(request);
      const length = Number(request.get('content-length') ?? 0);
      const preview = await quotas.readWithin(sender, stream, length, (counted) =>
        spooled(counted, (file) =>
          withTable(file, UNDECLARED, { sender, language }, (table) => previewTable(table, deciding, lines, language)),
        ),
      );
      response.json(preview);
    },

    'GET /imports/{programme}/{import}/refusals.csv': async ({ params: { programme, import: id } }, response) => {
      const file = await kept.find(programme, id);
      if (!file) throw uploadProblem('import_unknown');
      response.attachment(`${file.file.replace(/\.\w+$/, '')}-a-corriger.csv`).type('text/csv');
      await pipeline(kept.toMend(file), response);
    },
  };
  // The services differ in what of a query names the kind alone, and that is for `kinds` to read.
  return routes as unknown as ImportRoutes<Name>;
}

const ROLES = ['carrier', 'consultant', 'partner', 'funder'] as const;

/** Whose share of what may be sent a file is counted to. */
function senderOf(grant: Grant): string {
  return ROLES.flatMap((role) => grant.codes(role))[0] ?? grant.caller.subject;
}

function ownersOf(grant: Grant) {
  return {
    carriers: grant.codes('carrier'),
    consultants: grant.codes('consultant'),
    partners: grant.codes('partner'),
    funders: grant.codes('funder'),
  };
}
