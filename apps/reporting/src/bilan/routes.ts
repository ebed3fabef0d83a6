import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Response } from 'express';
import type { At } from '../cells/dimensions.js';
import { bilanSheets } from '../exports/bilan-sheets.js';
import { exported, type Format, MEDIA_TYPES } from '../exports/formats.js';
import type { Language } from '../exports/labels.js';
import { namesOf } from '../exports/names.js';
import { INDICATORS } from '../indicators/indicators.js';
import { programmeUnknown, requireProgramme } from '../read-model/programmes.js';
import { readModelOf } from '../read-model/store.js';
import type { Bilan, Scope } from './bilan.js';
import { figureOf } from './figure.js';
import { cellsOfProgramme, loadBilan, ReadModel } from './load.js';
import { seesEveryFigure, shownTo } from './rights.js';

type Routes = OwnRoutes<'reporting'>;
type QueryOf<Key extends keyof Routes> = Parameters<Routes[Key]>[0]['query'];
/** What a bilan is restricted to. */
type Query = QueryOf<'GET /bilan'>;

export function bilanRoutes({ connection }: ServiceContext) {
  const model = new ReadModel(connection);

  async function bilanFor(grant: Grant, query: Query, masked: boolean): Promise<Bilan> {
    const scope = scopeOf(query);
    const bilan = await model.answer(JSON.stringify([query.programme, scope, masked]), (instant) =>
      loadBilan(instant, query.programme, scope, masked),
    );
    if (!bilan) throw programmeUnknown(query.programme);
    return shownTo(grant, bilan, await ownActions(grant, query.programme));
  }

  async function ownActions(grant: Grant, programme: string): Promise<string[]> {
    const codes = grant.codes('carrier');
    if (codes.length === 0) return [];
    const found = await readModelOf(connection, 'actions')
      .find({ programme, 'carriers.code': { $in: [...codes] } })
      .lean();
    return found.map((a) => a.action);
  }

  /** Whether all that is asked about is the caller's, as a carrier: other roles that it has may ask about more. */
  async function isOwn(grant: Grant, { programme, action, carrier }: Query): Promise<boolean> {
    if (action === undefined && carrier === undefined) return false;
    if (carrier !== undefined && !grant.codes('carrier').includes(carrier)) return false;
    return action === undefined || (await ownActions(grant, programme)).includes(action);
  }

  return {
    'GET /bilan': async ({ query, request }, response) => {
      const grant = grantOf(request);
      const seesAll = seesEveryFigure(grant.caller) || (await isOwn(grant, query));
      response.json(await bilanFor(grant, query, !seesAll));
    },

    'GET /bilan/document': async ({ query, request }, response) => {
      const grant = grantOf(request);
      const { format = 'json', lang = 'fr' } = query;
      const bilan = await bilanFor(grant, query, true);
      if (format === 'json') {
        response.json(bilan);
        return;
      }
      const names = await namesOf(connection, query.programme);
      const document = {
        title: lang === 'fr' ? `Bilan : ${bilan.programme.name}` : `Outcome: ${bilan.programme.name}`,
        subtitle: subtitleOf(bilan, lang),
        sheets: bilanSheets(bilan, names, lang),
      };
      send(response, format, `bilan-${query.programme}`, await exported(format, document, lang));
    },

    'GET /bilan/figures/{indicator}': async ({ params, query, request }, response) => {
      const grant = grantOf(request);
      const indicator = INDICATORS.find((i) => i.id === params.indicator);
      if (!indicator) throw indicatorUnknown(params.indicator);
      await requireProgramme(connection, query.programme);
      const scope = scopeOf(query);
      const masked = !seesEveryFigure(grant.caller);
      const figure = await model.answer(
        JSON.stringify(['figure', indicator.id, query.programme, scope, masked]),
        async (instant) => {
          const read = await cellsOfProgramme(instant, query.programme);
          const byYear = scope.year !== undefined;
          const cells = await read(Object.keys(scope.at) as (keyof At)[], scope.at, { asOf: scope.asOf, byYear });
          const cell = cells.find((c) => !byYear || c.year === scope.year);
          return figureOf(indicator, cell, instant.positions, masked);
        },
      );
      response.json(figure);
    },
  } satisfies Partial<Routes>;
}

export function indicatorUnknown(id: string): Problem {
  const known = INDICATORS.map((i) => i.id).join(', ');
  return problemOf({
    code: 'indicator_unknown',
    kind: 'unknown',
    field: 'indicator',
    detail: `there is no indicator ${id}; there are ${known}`,
  });
}

export function send(response: Response, format: Format, name: string, bytes: Buffer): void {
  response.attachment(`${name}.${format}`).type(MEDIA_TYPES[format]).send(bytes);
}

/** Two dimensions at the most: there are cells for any two. */
function scopeOf({ basin, action, carrier, section, size, year, asOf }: Query): Scope {
  const at = Object.fromEntries(
    Object.entries({ action, basin, carrier, section, size }).filter(([, value]) => value !== undefined),
  ) as At;
  if (Object.keys(at).length > 2)
    throw new Problem(422, 'too-many-dimensions', 'At most two at a time', {
      detail: `${Object.keys(at).join(', ')}: restrict the bilan by at most two of them, and a year`,
      french: `${Object.keys(at).join(', ')}\u00a0: restreignez le bilan par deux d’entre eux au plus, et une année`,
    });
  return { at, ...(asOf ? { asOf } : {}), ...(year === undefined ? {} : { year }) };
}

function subtitleOf({ programme, scope }: Bilan, language: Language): string {
  const { asOf, ...at } = scope;
  const cut = Object.values(at).join(', ');
  const period = `${programme.opensOn} – ${programme.closesOn}`;
  const said = language === 'fr' ? 'au' : 'as of';
  return [period, cut, asOf ? `${said} ${asOf}` : ''].filter((part) => part !== '').join(' · ');
}
