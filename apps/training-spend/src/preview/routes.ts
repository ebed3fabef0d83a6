import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { languageOf } from '@gpect/service-kit/http/language';
import { Problem } from '@gpect/service-kit/http/problem';
import { receiveFile } from '@gpect/service-kit/imports/upload';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { ReaderKilled } from '@gpect/tabular-files/isolated-workbook';
import { openTable } from '@gpect/tabular-files/open-table';
import { FileUnreadable } from '@gpect/tabular-files/unreadable';
import { Router } from 'express';
import { completed, type Dialect, type WrittenDialect } from '../dialect/dialect.js';
import { versionsOf } from '../dialect/dialects.js';
import { previewOf } from './preview.js';

const UNDECLARED = { encoding: 'auto', delimiter: 'auto' };

export function previewRoutes({ connection }: ServiceContext): Router {
  return Router().post('/previews', async (request, response) => {
    const { lines } = request.query as unknown as { lines: number };
    const { funder } = grantOf(request).asked as { funder: string };
    const { stream, fields } = await receiveFile(request);
    const draft = fields['dialect'] === undefined ? undefined : draftOf(fields['dialect']);
    const given = draft ?? (await versionsOf(connection, funder)).at(-1)?.dialect;
    const folder = await mkdtemp(join(tmpdir(), 'gpect-preview-'));
    try {
      const path = join(folder, 'file');
      await pipeline(stream, createWriteStream(path));
      const { size } = await stat(path);
      const table = await openTable(
        { size, open: () => createReadStream(path), path: async () => path },
        given ?? UNDECLARED,
      );
      try {
        response.json(await previewOf(table, given, Number(lines), languageOf(request)));
      } finally {
        table.close();
      }
    } catch (caught) {
      let error = caught;
      if (error instanceof ReaderKilled) error = new FileUnreadable('reader_killed');
      if (!(error instanceof FileUnreadable)) throw error;
      throw new Problem(422, error.code.replaceAll('_', '-'), 'The file cannot be read', {
        detail: error.said[languageOf(request)],
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
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
  throw new Problem(400, 'malformed', 'Malformed dialect', {
    detail: 'the part "dialect" must be JSON with "columns", sent before the file',
  });
}
