import type { components } from '@gpect/contracts/generated/api-reporting';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { answering } from '../answers/answers.js';
import { type Compared, eachOf, notComparableIn, togetherLive, togetherReleased } from '../bilan/compare.js';
import type { Cell } from '../cube/cell.js';
import { requireWhole } from '../feed/being-counted.js';
import type { Feed } from '../feed/feed.js';
import { figuresOf } from '../feed/keepers.js';
import { liveCell } from '../feed/live-source.js';
import { FIGURES } from '../figures/registry.js';
import { requireProgramme } from '../programmes/programmes.js';
import { releasedOf } from '../releases/release.js';
import { fullSightOf, lastSightFor, type ReleaseSight } from '../releases/sights.js';
import type { ReleaseSource } from '../releases/source.js';
import { disclose } from '../secrecy/disclosed.js';
import { requireFigure } from './looked.js';

type Comparison = components['schemas']['Comparison'];
type Asked = { readonly programmes: readonly string[]; readonly purpose?: string; readonly release?: string };

export function compareRoutes({ connection }: ServiceContext, feed: Feed, released: ReleaseSource) {
  async function compared(grant: Grant, asked: Asked, axis: string, ids: readonly string[]) {
    const by = axis === 'programme' ? [] : [axis];
    const notComparable = notComparableIn(ids, asked.programmes.length, axis);
    for (const programme of asked.programmes) await requireProgramme(connection, programme);
    const full = fullSightOf(connection, grant, asked.programmes, asked);
    if (full) {
      const key = JSON.stringify(['compare', asked.programmes, by, ids]);
      const answer = await feed.answer(key, async (instant) => {
        requireWhole(instant, by);
        const { cube, small, notWhole } = instant;
        const told = (cell: Cell) => liveCell(cell, notWhole);
        const question = { programmes: asked.programmes, measures: ids };
        const [each = [], all = []] = await cube.askCuts(question, [['programme', ...by], by]);
        return {
          programmes: asked.programmes.map((code) => ({ code, name: small.programmes.get(code)?.name ?? code })),
          each: eachOf(each.map(told), ids),
          together: togetherLive(all.map(told), ids),
          beingCounted: figuresOf(notWhole),
        };
      });
      return disclose(full, { by: axis, ...answer, notComparable, secrecy: 'none' as const });
    }
    const each: Compared[] = [];
    const programmes: Comparison['programmes'] = [];
    const sights: ReleaseSight[] = [];
    for (const programme of asked.programmes) sights.push(await lastSightFor(connection, programme, asked.release));
    for (const sight of sights) {
      const { _id, programme, documents } = sight.release;
      const [cells = []] = await released.of(_id).cuts([by], {});
      each.push(...eachOf(cells, ids).map(({ at, figures }) => ({ at: { programme, ...at }, figures })));
      programmes.push({ code: programme, name: documents.programme.name, release: releasedOf(sight.release) });
    }
    const together = togetherReleased(each, ids);
    const [first] = sights;
    if (!first) throw new Error('the contract lets no comparison of nothing in');
    return disclose(first, {
      by: axis,
      programmes,
      each,
      together,
      beingCounted: [],
      notComparable,
      secrecy: 'applied' as const,
    });
  }

  return answering<'GET /bilans/compare'>({
    'GET /bilans/compare': async ({ query, request }) => {
      const { by = 'programme', indicator } = query;
      const ids = (indicator ?? FIGURES.map(({ id }) => id)).map((id) => requireFigure(id).id);
      return compared(grantOf(request), query as Asked, by, ids);
    },
  });
}
