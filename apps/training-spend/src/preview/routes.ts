import { spooled } from '@gpect/file-uploads/spool';
import { withTable } from '@gpect/file-uploads/spooled-file';
import { receiveFile } from '@gpect/file-uploads/upload';
import { languageOf } from '@gpect/service-kit/http/language';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { versionsOf } from '../dialect/dialects.js';
import { closedBefore } from '../establishment/closures.js';
import type { Spend } from '../spend.js';
import { draftOf } from './draft.js';
import { previewOf } from './preview.js';

/** Where the request says none. */
const LINES_SHOWN = 20;
const UNDECLARED = { encoding: 'auto', delimiter: 'auto' };

export function previewRoutes({ connection }: ServiceContext, { quotas }: Pick<Spend, 'quotas'>) {
  return {
    'POST /previews': async ({ query: { funder, lines = LINES_SHOWN }, request }, response) => {
      const language = languageOf(request);
      const { stream, fields } = await receiveFile(request);
      const draft = fields['dialect'] === undefined ? undefined : draftOf(fields['dialect']);
      const given = draft ?? (await versionsOf(connection, funder)).at(-1)?.dialect;
      const length = Number(request.get('content-length') ?? 0);
      const preview = await quotas.readWithin(funder, stream, length, (counted) =>
        spooled(counted, (file) =>
          withTable(file, given ?? UNDECLARED, { sender: funder, language, hasDialect: true }, (table) =>
            previewOf(table, {
              given,
              most: lines,
              language,
              closed: (payments) => closedBefore(connection, payments),
            }),
          ),
        ),
      );
      response.json(preview);
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}
