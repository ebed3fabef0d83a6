import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, Router } from 'express';

const BUILT = fileURLToPath(new URL('../../.client', import.meta.url));

/** The pages as Vite built them: what they load is named by its content and kept for ever, the page itself is asked for anew. */
export function pages(folder = BUILT): RequestHandler {
  const router = Router();
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.use(express.static(folder, { index: false, cacheControl: false }));
  // A page's address is its view's: the script reads it.
  router.get(/^\/(?!api\/|assets\/)[^.]*$/, (request, response, next) => {
    if (!request.accepts('html')) return next();
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
  return router;
}
