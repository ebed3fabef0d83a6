import { todayInParis } from '@gpect/domain-values/calendar';
import { type Request, Router } from 'express';
import { grantOf } from '../rights/grant.js';
import type { ServiceContext } from '../service/service.js';
import { importLines, type LineImport } from './line-import.js';
import { receiveFile } from './upload.js';

/** The door for people without a system: `POST /imports` with one CSV file, answered by a report of every refused line. */
export function importRoutes(
  { runner }: ServiceContext,
  specOf: (query: Readonly<Record<string, string>>, today: string) => LineImport | Promise<LineImport>,
): Router {
  return Router().post('/imports', async (request: Request, response) => {
    // The OpenAPI document was checked before: every parameter is there, once.
    const grant = grantOf(request);
    const spec = await specOf({ ...request.query, ...grant.asked } as Record<string, string>, todayInParis(new Date()));
    const { fileName, stream } = await receiveFile(request);
    response.json(await importLines(runner, fileName, stream, spec, (lines) => grant.forbidden(lines)));
  });
}
