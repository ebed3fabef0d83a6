import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { answering } from '../answers/answers.js';
import { estimateIndicatorOf, indicatorOf } from '../bilan/indicator.js';
import { DIMENSIONS } from '../dimensions/dimensions.js';
import { ESTIMATES } from '../estimates/registry.js';
import { tableDocument } from '../exports/documents.js';
import { namesOf } from '../exports/names.js';
import { requireCounted } from '../feed/being-counted.js';
import { nothingAt } from '../figures/counted-in.js';
import { FIGURES } from '../figures/registry.js';
import { madeOf, ofNoFirm } from '../secrecy/disclosed.js';
import { SECRECY_RULE } from '../secrecy/rule.js';
import { tableOf } from '../tables/table.js';
import { type Looked, type Looks, requireFigure } from './looked.js';
import { atOf } from './scope.js';

export function tableRoutes({ connection }: ServiceContext, looks: Looks) {
  return answering<'GET /indicators' | 'GET /dimensions' | 'GET /bilan/table' | 'GET /bilan/cross'>({
    'GET /indicators': async () =>
      ofNoFirm({
        indicators: FIGURES.map(indicatorOf),
        estimates: ESTIMATES.map(estimateIndicatorOf),
        secrecy: SECRECY_RULE,
      }),

    'GET /dimensions': async () =>
      ofNoFirm({
        dimensions: DIMENSIONS.map(({ name, labelFr, labelEn, from }) => ({ name, labelFr, labelEn, from })),
      }),

    'GET /bilan/table': async ({ query, request }) => {
      const { programme, rows, asOf, format = 'json', lang = 'fr' } = query;
      const columns = query.columns === rows ? undefined : query.columns;
      const figure = requireFigure(query.indicator);
      const asked = { indicator: figure.id, rows, columns, where: atOf(query) };
      const axes = columns ? [rows, columns] : [rows];
      const dimensions = [...axes, ...Object.keys(asked.where)];
      const table = await looks.at(grantOf(request), query, ['table', asked], dimensions, async (looked) => {
        requireCounted(looked, figure);
        return {
          indicator: indicatorOf(figure),
          axes,
          ...(asOf ? { asOf } : {}),
          ...(await tableOf(looked.source, asked)),
          ...saidOf(looked),
        };
      });
      if (format === 'json') return table;
      const names = await namesOf(connection, programme);
      const bytes = await madeOf(table, (of) => tableDocument(format, of, names, lang, new Date(), asked.where));
      return { name: `${figure.id}-${programme}`, format, bytes };
    },

    'GET /bilan/cross': ({ query, request }) => {
      const figure = requireFigure(query.indicator);
      const where = atOf(query);
      const { by, asOf } = query;
      const dimensions = [...by, ...Object.keys(where)];
      return looks.at(grantOf(request), query, ['cross', figure.id, by, where], dimensions, async (looked) => {
        requireCounted(looked, figure);
        const [cells = [], [total = nothingAt(where)] = []] = await looked.source.cuts([by, []], where, [figure.id]);
        return {
          indicator: indicatorOf(figure),
          by: [...by],
          ...(asOf ? { asOf } : {}),
          cells: cells
            .map((cell) => ({ at: { ...cell.at }, value: cell.value(figure.id), firms: cell.firms(figure.id) }))
            .filter(({ value }) => value !== 0),
          total: { value: total.value(figure.id), firms: total.firms(figure.id) },
          ...saidOf(looked),
        };
      });
    },
  });
}

/** Of which release figures are, and what of them is masked or not there yet. */
export function saidOf({ release, beingCounted }: Pick<Looked, 'release' | 'beingCounted'>) {
  return {
    ...(release ? { release } : {}),
    secrecy: release ? ('applied' as const) : ('none' as const),
    beingCounted: [...beingCounted],
  };
}
