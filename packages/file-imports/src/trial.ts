import { Readable } from 'node:stream';
import { apiDocument, type ServiceName } from '@gpect/contracts/api-documents';
import { RequestContracts } from '@gpect/contracts/request-contracts';
import { spooled } from '@gpect/file-uploads/spool';
import { withTable } from '@gpect/file-uploads/spooled-file';
import { DAY_FORMAT } from '@gpect/service-kit/http/day-format';
import { Problem } from '@gpect/service-kit/http/problem';
import type { LineAsks } from '@gpect/service-kit/rights/line-rights';
import type { LineToMend } from '@gpect/tabular-files/mend-csv';
import { mendCsv } from '@gpect/tabular-files/mend-csv';
import type { LineImport } from './line-import.js';
import { type ImportPreview, type ImportReport, importTable, previewTable } from './run-import.js';

/** What a file says where everything is allowed and every decision agrees: for tests of what files mean. */
export interface Tried {
  /** Why it is refused whole. */
  readonly code?: string;
  readonly detail?: string;
  readonly report?: ImportReport;
  /** What the preview of it says, where it can be opened. */
  readonly preview?: ImportPreview;
  /** What its lines ask of the service. */
  readonly asks: readonly LineAsks[];
  /** Its refused lines as a file. */
  readonly toMend?: Buffer;
}

export async function tryImport(service: ServiceName, spec: LineImport, bytes: Buffer): Promise<Tried> {
  const asks: LineAsks[] = [];
  const refused: LineToMend[] = [];
  const allowed = async (lines: readonly LineAsks[]) => lines.map(() => undefined);
  const deciding = {
    spec,
    today: '2013-01-01',
    contracts: new RequestContracts(apiDocument(service), { date: DAY_FORMAT }),
    maySend: async (lines: readonly LineAsks[]) => {
      asks.push(...lines);
      return allowed(lines);
    },
    run: async (targets: readonly { readonly id: string }[]) =>
      targets.map(({ id }) => ({ ok: true as const, id, sequence: 1, events: [{} as never], eventIds: [] })),
  };
  let previewed: { preview?: ImportPreview } = {};
  const undeclared = { encoding: 'auto', delimiter: 'auto' };
  try {
    return await spooled(Readable.from([bytes]), (file) =>
      withTable(file, undeclared, { sender: '', language: 'fr' }, async (table) => {
        previewed = { preview: await previewTable(table, { ...deciding, maySend: allowed }, 25, 'fr') };
        const { report, headings } = await importTable('x', table, deciding, 'fr', async (lines) => {
          refused.push(...lines);
        });
        const { delimiter } = table;
        const pieces: Buffer[] = [];
        for await (const piece of mendCsv({ headings, ...(delimiter ? { delimiter } : {}) }, Readable.from(refused)))
          pieces.push(piece);
        return { report, ...previewed, asks, toMend: Buffer.concat(pieces) };
      }),
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code.replaceAll('-', '_'), detail: error.more.detail ?? '', asks, ...previewed };
  }
}
