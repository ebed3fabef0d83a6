import { problemOf } from '@gpect/service-kit/http/problem';
import { receiveFile } from '@gpect/service-kit/imports/upload';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { dialectOf, knownFunders } from '../dialect/dialects.js';
import { FileIngestion } from './ingest-file.js';
import { spooled } from './spool.js';

export function spendFileRoutes({ connection, runner }: ServiceContext): Router {
  return Router().post('/imports', async (request, response) => {
    const { programme, funder } = request.query as { programme: string; funder: string };
    const dialect = dialectOf(funder);
    if (!dialect)
      throw problemOf({
        code: 'funder_unknown',
        kind: 'unknown',
        field: 'funder',
        detail: `no dialect for ${funder}; known are ${knownFunders().join(', ')}`,
      });
    const report = await spooled(await receiveFile(request), (file) =>
      new FileIngestion(connection, runner, programme, dialect, file).run(),
    );
    response.json(report);
  });
}
