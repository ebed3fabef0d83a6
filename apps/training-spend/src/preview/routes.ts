import { languageOf } from '@gpect/service-kit/http/language';
import { doorProblem } from '@gpect/service-kit/imports/door-messages';
import { spooled } from '@gpect/service-kit/imports/spool';
import { withTable } from '@gpect/service-kit/imports/spooled-file';
import { receiveFile } from '@gpect/service-kit/imports/upload';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { completed, type Dialect, type WrittenDialect } from '../dialect/dialect.js';
import { versionsOf } from '../dialect/dialects.js';
import type { Spend } from '../spend.js';
import { previewOf } from './preview.js';

const UNDECLARED = { encoding: 'auto', delimiter: 'auto' };

export function previewRoutes({ connection }: ServiceContext, { quotas }: Pick<Spend, 'quotas'>): Router {
  return Router().post('/previews', async (request, response) => {
    const { lines } = request.query as unknown as { lines: number };
    const { funder } = grantOf(request).asked as { funder: string };
    const language = languageOf(request);
    const { stream, fields } = await receiveFile(request);
    const draft = fields['dialect'] === undefined ? undefined : draftOf(fields['dialect']);
    const given = draft ?? (await versionsOf(connection, funder)).at(-1)?.dialect;
    const length = Number(request.get('content-length') ?? 0);
    const preview = await quotas.readWithin(funder, stream, length, (counted) =>
      spooled(counted, (file) =>
        withTable(file, given ?? UNDECLARED, { sender: funder, language, hasDialect: true }, (table) =>
          previewOf(table, given, Number(lines), language),
        ),
      ),
    );
    response.json(preview);
  });
}

/** A dialect under trial may lack anything but its columns; publishing it checks it whole. */
function draftOf(text: string): Dialect {
  try {
    const draft = JSON.parse(text) as Partial<WrittenDialect>;
    if (typeof draft.columns === 'object') return completed({ schemes: {}, ...draft } as WrittenDialect);
  } catch {
    // Said below.
  }
  throw doorProblem('malformed.dialect');
}
