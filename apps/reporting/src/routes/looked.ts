import { todayInParis } from '@gpect/domain-values/calendar';
import { leastAlike } from '@gpect/domain-values/disclosure';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { Grant } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type mongoose from 'mongoose';
import type { Bilan } from '../bilan/shape.js';
import type { At } from '../dimensions/dimensions.js';
import { requireWhole } from '../feed/being-counted.js';
import type { Feed } from '../feed/feed.js';
import { dimensionsOf, figuresOf } from '../feed/keepers.js';
import { liveEstimates } from '../feed/live-estimates.js';
import { liveSource } from '../feed/live-source.js';
import type { Figure } from '../figures/figure.js';
import { FIGURES, figureCalled } from '../figures/registry.js';
import { type FirmFile, wholeFile } from '../firm-file/firm-file.js';
import { firmSources } from '../firm-file/read.js';
import { releasedFile } from '../firm-file/released.js';
import { type Documents, documentsOf } from '../programmes/documents.js';
import { programmeUnknown, requireProgramme } from '../programmes/programmes.js';
import { type ReleaseDocument, type Released, releasedOf } from '../releases/release.js';
import { releasedEstimatesOf } from '../releases/released-estimates.js';
import { type SightAsked, sightFor } from '../releases/sights.js';
import { ReleaseSource } from '../releases/source.js';
import { slicesOfRelease } from '../releases/store.js';
import { type Disclosed, disclose } from '../secrecy/disclosed.js';
import type { Source } from '../secrecy/told.js';
import { atOf, requireHappened, requireKnown } from './scope.js';

/** What figures of a programme are read from by a caller: all of it of one instant. */
export interface Looked {
  readonly source: Source;
  /** Read when they are asked for: figures need none of them. */
  documents(): Promise<Documents>;
  /** What does not add up, of the firms within some values of dimensions. */
  estimates(at: At): Promise<Bilan['estimates']>;
  /** Rows of firms: all of them, or those that were made to be told. */
  firmFiles(): Promise<readonly FirmFile[]>;
  readonly positions: ReadonlyMap<string, number>;
  readonly release?: Released;
  /** Figures whose history is being read. */
  readonly beingCounted: readonly string[];
  /** Dimensions of which that is so: nothing can be cut by them. */
  readonly notWhole: readonly string[];
}

/** What routes look at figures through: the cube for full sight, a release for everybody else. */
export class Looks {
  /** Figures of releases. */
  readonly released: ReleaseSource;

  constructor(
    private readonly context: ServiceContext,
    private readonly feed: Feed,
  ) {
    this.released = new ReleaseSource(context.connection);
  }

  /**
   * @param key by which the answer is remembered while no event comes
   * @param dimensions that are looked at
   * @throws Problem 404 for a programme that nobody opened, and for what is asked within and is not there (`requireKnown`); those of
   *   `sightFor`; 422 for a day to come; 503 where a dimension is being read
   */
  async at<T>(
    grant: Grant,
    asked: SightAsked,
    key: readonly unknown[],
    dimensions: readonly string[],
    answer: (looked: Looked) => Promise<T>,
  ): Promise<Disclosed<T>> {
    const { connection } = this.context;
    const { programme, asOf } = asked;
    await requireProgramme(connection, programme);
    const sight = await sightFor(connection, grant, asked);
    requireHappened(asOf, todayInParis(new Date()));
    const read = async (looked: Looked): Promise<T> => {
      await requireKnown(atOf({ ...asked }), looked);
      return answer(looked);
    };
    if (sight.kind === 'release') {
      const { _id, documents, positions } = sight.release;
      return disclose(
        sight,
        await read({
          source: this.released.of(_id),
          documents: async () => documents,
          estimates: (at) => releasedEstimatesOf(connection, _id, at),
          firmFiles: () => releasedFilesOf(connection, sight.release),
          positions: new Map(Object.entries(positions)),
          release: releasedOf(sight.release),
          // None is made while history is read.
          beingCounted: [],
          notWhole: [],
        }),
      );
    }
    const answered = await this.feed.answer(JSON.stringify([programme, asOf, ...key]), async (instant) => {
      requireWhole(instant, dimensions);
      if (!instant.small.programmes.get(programme)?.name) throw programmeUnknown(programme);
      let found: Promise<Documents> | undefined;
      const documents = () => {
        found ??= documentsOf(instant, programme).then((of) => {
          if (!of) throw programmeUnknown(programme);
          return of;
        });
        return found;
      };
      return read({
        source: liveSource(instant, programme, asOf),
        documents,
        estimates: async (at) => liveEstimates(instant, { programme, at, asOf, documents: await documents() }),
        firmFiles: async () => [wholeFile(await firmSources(instant, programme, asOf), await documents())],
        positions: instant.positions,
        beingCounted: figuresOf(instant.notWhole),
        notWhole: dimensionsOf(new Set([...instant.notWhole, ...instant.fallen])),
      });
    });
    return disclose(sight, answered);
  }
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
    french: `il n’y a pas d’indicateur ${id}\u00a0; il y a ${known}`,
  });
}

/** The files of a release. */
async function releasedFilesOf(connection: mongoose.Connection, release: ReleaseDocument): Promise<FirmFile[]> {
  const { _id, date, documents } = release;
  const alike = leastAlike(release.rule);
  const slices = await slicesOfRelease(connection, _id);
  if (slices.length === 0) throw noRowsIn(release);
  return slices.map((slice) => releasedFile(slice, { date, alike, documents }));
}

function noRowsIn({ programme, date }: ReleaseDocument): Problem {
  return new Problem(409, 'rows-not-released', 'Nothing is released yet', {
    detail: `the release of ${programme} of ${date} has no rows of firms: it was made before there were any, or too few firms are alike to tell them beside the tables; State and Region read every row with a purpose, and a later release may have some`,
    french: `la publication de ${programme} du ${date} ne contient pas de lignes d’entreprises\u00a0: elle a été faite avant qu’il y en eût, ou trop peu d’entreprises se ressemblent pour les donner à côté des tableaux\u00a0; l’État et la Région lisent toutes les lignes avec une finalité (purpose), et une publication suivante peut en contenir`,
  });
}
