import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { Bilans } from './load.js';

export function bilanRoutes({ connection }: ServiceContext): Router {
  const bilans = new Bilans(connection);
  return Router().get('/bilan', async (request, response) => {
    const { programme, basin, action } = request.query as { programme: string; basin?: string; action?: string };
    const bilan = await bilans.of(programme, {
      ...(basin ? { basin } : {}),
      ...(action ? { action } : {}),
    });
    if (!bilan)
      throw problemOf({
        code: 'programme_unknown',
        kind: 'unknown',
        field: 'programme',
        detail: `no programme ${programme} was opened, or its opening has not arrived yet`,
      });
    response.json(bilan);
  });
}
