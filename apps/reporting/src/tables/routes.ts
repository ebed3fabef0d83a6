import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { ReadModel } from '../bilan/load.js';
import { seesEveryFigure } from '../bilan/rights.js';
import { indicatorUnknown, send } from '../bilan/routes.js';
import { exported } from '../exports/formats.js';
import { namesOf } from '../exports/names.js';
import { tableSheet } from '../exports/table-sheet.js';
import { INDICATORS } from '../indicators/indicators.js';
import { requireProgramme } from '../read-model/programmes.js';
import { SECRECY_RULE } from '../secrecy/secrecy.js';
import { loadTable } from './load-table.js';
import type { Table } from './table.js';

export function tableRoutes({ connection }: ServiceContext) {
  const model = new ReadModel(connection);
  return {
    'GET /indicators': (_asked, response) => {
      response.json({ indicators: INDICATORS, secrecy: SECRECY_RULE });
    },
    'GET /bilan/table': async ({ query, request }, response) => {
      const grant = grantOf(request);
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
        beingCounted: [],
      };
      if (format === 'json') {
        response.json(table);
        return;
      }
      const sheet = tableSheet(table, await namesOf(connection, programme), lang);
      const document = { title: sheet.title, subtitle: programme, sheets: [sheet] };
      send(response, format, `${indicator.id}-${programme}`, await exported(format, document, lang));
    },
  } satisfies Partial<OwnRoutes<'reporting'>>;
}
