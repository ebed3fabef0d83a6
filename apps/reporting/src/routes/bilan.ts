import { own } from '@gpect/domain-values/records';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { answering } from '../answers/answers.js';
import { bilanOf, type Scope } from '../bilan/bilan.js';
import { CUT_MEASURES, CUTS } from '../bilan/cuts.js';
import { figureOf } from '../bilan/figure.js';
import type { Bilan } from '../bilan/shape.js';
import { bilanDrawings } from '../exports/bilan-drawings.js';
import { bilanDocument } from '../exports/documents.js';
import { namesOf } from '../exports/names.js';
import { readModelOf } from '../facts/store.js';
import { requireCounted } from '../feed/being-counted.js';
import { nothingAt } from '../figures/counted-in.js';
import { isReleased } from '../releases/groupings.js';
import { type Disclosed, madeOf } from '../secrecy/disclosed.js';
import type { ToldCell } from '../secrecy/told.js';
import { type Looked, type Looks, requireFigure } from './looked.js';
import { openedTo, shownTo } from './rights.js';
import { atOf } from './scope.js';

type Routes = OwnRoutes<'reporting'>;
/** What a bilan is restricted to. */
type Query = Parameters<Routes['GET /bilan']>[0]['query'];

export function bilanRoutes({ connection }: ServiceContext, looks: Looks) {
  async function bilanFor(
    grant: Grant,
    query: Omit<Query, 'estimates'>,
    hasEstimates = true,
  ): Promise<Disclosed<Bilan>> {
    const { programme, asOf } = query;
    const scope: Scope = { at: atOf(query), ...(asOf ? { asOf } : {}) };
    const key = ['bilan', scope, hasEstimates];
    const bilan = await looks.at(grant, query, key, Object.keys(scope.at), (looked) =>
      bilanFrom(looked, scope, hasEstimates),
    );
    const own = await ownActions(grant, programme);
    return madeOf(bilan, (whole) => shownTo(grant, whole, own));
  }

  async function ownActions(grant: Grant, programme: string): Promise<string[]> {
    const codes = grant.codes('carrier');
    if (codes.length === 0) return [];
    const found = await readModelOf(connection, 'actions')
      .find({ programme, 'carriers.code': { $in: [...codes] } })
      .lean();
    return found.map((a) => a.action);
  }

  return answering<'GET /bilan' | 'GET /bilan/document' | 'GET /bilan/drawings' | 'GET /bilan/figures/{indicator}'>({
    'GET /bilan': ({ query, request }) => bilanFor(grantOf(request), query, query.estimates),

    'GET /bilan/document': async ({ query, request }) => {
      const { format = 'json', lang = 'fr', programme } = query;
      const bilan = await bilanFor(grantOf(request), query);
      if (format === 'json') return bilan;
      const names = await namesOf(connection, programme);
      const bytes = await madeOf(bilan, (of) => bilanDocument(format, of, names, lang, new Date()));
      return { name: `bilan-${programme}`, format, bytes };
    },

    'GET /bilan/drawings': async ({ query, request }) => {
      const { mapped = 'accompanied', lang = 'fr', programme } = query;
      requireFigure(mapped);
      const bilan = await bilanFor(grantOf(request), query);
      const names = await namesOf(connection, programme);
      return madeOf(bilan, (of) => ({ drawings: bilanDrawings(of, names, lang, mapped) }));
    },

    'GET /bilan/figures/{indicator}': async ({ params, query, request }) => {
      const figure = requireFigure(params.indicator);
      const at = atOf(query);
      const grant = grantOf(request);
      const opened = await looks.at(grant, query, ['figure', figure.id, at], Object.keys(at), async (looked) => {
        requireCounted(looked, figure);
        const [[total = nothingAt(at)] = []] = await looked.source.cuts([[]], at, [`${figure.id}:*`]);
        return figureOf(figure, total, looked);
      });
      return madeOf(opened, (whole) => openedTo(grant, whole));
    },
  });
}

async function bilanFrom(
  { source, documents, estimates, positions, release, beingCounted, notWhole }: Looked,
  scope: Scope,
  hasEstimates: boolean,
): Promise<Bilan> {
  const { at } = scope;
  const said = await documents();
  // What a release has no table of is not cut any further.
  const names = (['basin', 'action'] as const).filter(
    (name) => !release || isReleased([...new Set([...Object.keys(at), name])]),
  );
  const [[total = nothingAt(at)] = [], ...cuts] = await source.cuts([[], ...names.map((name) => [name])], at);
  const others = CUTS.filter(
    (name) =>
      at[name] === undefined && !notWhole.includes(name) && (!release || isReleased([...Object.keys(at), name])),
  );
  const cutCells = await source.cuts(
    others.map((name) => [name]),
    at,
    CUT_MEASURES,
  );
  const by = (name: (typeof names)[number]) => cuts[names.indexOf(name)]?.filter(hasValue(name));
  return bilanOf({
    scope,
    documents: said,
    total,
    byBasin: by('basin'),
    byAction: by('action'),
    estimates: hasEstimates ? await estimates(at) : [],
    cuts: Object.fromEntries(others.map((name, i) => [name, cutCells[i] ?? []])),
    positions,
    ...(release ? { release } : {}),
    beingCounted,
  });
}

const hasValue =
  (name: string) =>
  ({ at }: ToldCell): boolean =>
    own(at, name) !== '';
