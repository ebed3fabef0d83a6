import { todayInParis } from '@gpect/domain-values/calendar';
import { type Request, Router } from 'express';
import type { Caller } from '../http/caller.js';
import type { ServiceContext } from '../service/service.js';
import { importLines, type LineImport } from './line-import.js';
import { receiveFile } from './upload.js';

/** The door for people without a system: `POST /imports` with one CSV file, answered by a report of every refused line. */
export function importRoutes(
  { runner }: ServiceContext,
  specOf: (query: Readonly<Record<string, string>>, today: string, caller: Caller) => LineImport | Promise<LineImport>,
): Router {
  return Router().post('/imports', async (request: Request, response) => {
    // The OpenAPI document was checked before: every parameter is there, once.
    const { caller } = request;
    if (!caller) throw new Error('the contract lets nobody in without a token');
    const spec = await specOf(request.query as Record<string, string>, todayInParis(new Date()), caller);
    const { fileName, stream } = await receiveFile(request);
    response.json(await importLines(runner, fileName, stream, spec));
  });
}
