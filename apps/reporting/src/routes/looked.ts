import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { Grant } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Feed, Instant } from '../feed/feed.js';
import { dimensionsOf, figuresOf } from '../feed/keepers.js';
import { liveSource } from '../feed/live-source.js';
import type { Figure } from '../figures/figure.js';
import { FIGURES, figureCalled } from '../figures/registry.js';
import { type Documents, documentsOf } from '../programmes/documents.js';
import { programmeUnknown, requireProgramme } from '../programmes/programmes.js';
import { sightFor } from '../releases/sights.js';
import { ReleaseSource } from '../releases/source.js';
import { type Disclosed, disclose } from '../secrecy/disclosed.js';
import type { Source } from '../secrecy/told.js';

/** What figures of a programme are read from by a caller: all of it of one instant. */
export interface Looked {
  readonly source: Source;
  readonly documents: Documents;
  readonly positions: ReadonlyMap<string, number>;
  readonly release?: { readonly date: string; readonly madeAt: string };
  /** Figures whose history is being read. */
  readonly beingCounted: readonly string[];
}

interface Asked {
  readonly programme: string;
  readonly purpose?: string | undefined;
  readonly release?: string | undefined;
  readonly asOf?: string | undefined;
}

/** What routes look at figures through: the cube for full sight, a release for everybody else. */
export class Looks {
  readonly #released: ReleaseSource;

  constructor(
    private readonly context: ServiceContext,
    private readonly feed: Feed,
  ) {
    this.#released = new ReleaseSource(context.connection);
  }

  /**
   * @param key by which the answer is remembered while no event comes
   * @param dimensions that are looked at
   * @throws Problem 404 for a programme that nobody opened; those of `sightFor`; 503 where a dimension is being read
   */
  async at<T>(
    grant: Grant,
    asked: Asked,
    key: readonly unknown[],
    dimensions: readonly string[],
    read: (looked: Looked) => Promise<T>,
  ): Promise<Disclosed<T>> {
    const { connection } = this.context;
    const { programme, asOf } = asked;
    await requireProgramme(connection, programme);
    const sight = await sightFor(connection, grant, asked);
    if (sight.kind === 'release') {
      const { _id, date, madeAt, documents, positions, beingCounted } = sight.release;
      return disclose(
        sight,
        await read({
          source: this.#released.of(_id),
          documents,
          positions: new Map(Object.entries(positions)),
          release: { date, madeAt: madeAt.toISOString() },
          beingCounted,
        }),
      );
    }
    const answer = await this.feed.answer(JSON.stringify([programme, asOf, ...key]), async (instant) => {
      requireWhole(instant, dimensions);
      const documents = await documentsOf(instant, programme);
      if (!documents) throw programmeUnknown(programme);
      return read({
        source: liveSource(instant, programme, asOf),
        documents,
        positions: instant.positions,
        beingCounted: figuresOf(instant.notWhole),
      });
    });
    return disclose(sight, answer);
  }
}

/** @throws Problem 503 where the history of a dimension that is asked for is being read */
function requireWhole({ notWhole }: Pick<Instant, 'notWhole'>, dimensions: readonly string[]): void {
  const being = dimensionsOf(notWhole).filter((name) => dimensions.includes(name));
  if (being.length > 0) throw beingCounted(being.join(', '));
}

/** @throws Problem 503 where the history of a figure is being read */
export function requireCounted({ beingCounted: being }: Pick<Looked, 'beingCounted'>, { id }: Figure): void {
  if (being.includes(id)) throw beingCounted(id);
}

const AGAIN_S = 10;

function beingCounted(what: string): Problem {
  return new Problem(
    503,
    'being-counted',
    'The figure is being counted',
    {
      detail: `the history of ${what} is being read, since it is new or counted anew: ask again soon`,
      french: `l’historique de ${what} est en cours de lecture, car il est nouveau ou compté autrement\u00a0: redemandez bientôt`,
    },
    AGAIN_S,
  );
}

/** @throws Problem 404 */
export function requireFigure(id: string): Figure {
  const figure = figureCalled(id);
  if (figure) return figure;
  const known = FIGURES.map((f) => f.id).join(', ');
  throw problemOf({
    code: 'indicator_unknown',
    kind: 'unknown',
    field: 'indicator',
    detail: `there is no indicator ${id}; there are ${known}`,
  });
}
