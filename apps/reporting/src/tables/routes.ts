import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { ReadModel } from '../bilan/load.js';
import { seesEveryFigure } from '../bilan/rights.js';
import { indicatorUnknown, send } from '../bilan/routes.js';
import { exported, type Format } from '../exports/formats.js';
import type { Language } from '../exports/labels.js';
import { namesOf } from '../exports/names.js';
import { tableSheet } from '../exports/table-sheet.js';
import { INDICATORS } from '../indicators/indicators.js';
import { requireProgramme } from '../read-model/programmes.js';
import { SECRECY_RULE } from '../secrecy/secrecy.js';
import { loadTable } from './load-table.js';
import type { Axis, Table } from './table.js';

interface Query {
  readonly programme: string;
  readonly indicator: string;
  readonly rows: Axis;
  readonly columns?: Axis;
  readonly carrier?: string;
  readonly asOf?: string;
  readonly format?: Format | 'json';
  readonly lang?: Language;
}

export function tableRoutes({ connection }: ServiceContext): Router {
  const model = new ReadModel(connection);
  const router = Router();
  router.get('/indicators', (_request, response) => {
    response.json({ indicators: INDICATORS, secrecy: SECRECY_RULE });
  });
  router.get('/bilan/table', async (request, response) => {
    const grant = grantOf(request);
    const query = { ...request.query, ...grant.asked } as unknown as Query;
    const { programme, rows, asOf, carrier, format = 'json', lang = 'fr' } = query;
    const columns = query.columns === rows ? undefined : query.columns;
    const indicator = INDICATORS.find((i) => i.id === query.indicator);
    if (!indicator) throw indicatorUnknown(query.indicator);
    await requireProgramme(connection, programme);
    // A file leaves the house: secrecy holds in it whoever asked.
    const masked = format !== 'json' || !seesEveryFigure(grant.caller);
    // Along the carriers too: the guard let the caller in for this one alone.
    const where = carrier ? { carrier } : {};
    const asked = {
      programme,
      indicator: indicator.id,
      rows,
      ...(columns ? { columns } : {}),
      where,
      ...(asOf ? { asOf } : {}),
    };
    const cells = await model.answer(JSON.stringify([asked, masked]), (instant) => loadTable(instant, asked, masked));
    const table: Table = {
      indicator: { ...indicator, sources: [...indicator.sources] },
      axes: columns ? [rows, columns] : [rows],
      ...(asOf ? { asOf } : {}),
      ...cells,
      secrecy: masked ? 'applied' : 'none',
    };
    if (format === 'json') {
      response.json(table);
      return;
    }
    const sheet = tableSheet(table, await namesOf(connection, programme), lang);
    const document = { title: sheet.title, subtitle: programme, sheets: [sheet] };
    send(response, format, `${indicator.id}-${programme}`, await exported(format, document, lang));
  });
  return router;
}
