import type { FirmSaid } from '../cube/firms.js';
import { workedOutOnce } from '../statistics/worked-out-once.js';
import type { YesBoth } from './changes.js';
import type { Placed } from './post-strata.js';
import { WAVES, type Wave } from './waves.js';

/** One firm as the estimates of the survey look at it. */
export interface Surveyed extends Placed {
  readonly id: string;
  readonly isEnrolled: boolean;
  readonly isAccompanied: boolean;
  readonly drawn: Readonly<Record<Wave, boolean>>;
  /** Wholly or in part. */
  readonly answered: Readonly<Record<Wave, boolean>>;
  /** What it said before and after, by question. */
  readonly pairs: ReadonlyMap<string, YesBoth>;
  /** Answers to added questions, by wave and question (`AFTER:apprentices`): a number in thousandths, or a text's mark. */
  readonly added: ReadonlyMap<string, number>;
}

/** The measures that `surveyedOf` reads. */
export const SURVEYED = ['enrolled', 'accompanied', '=drawn:*', '=answered:*', '=pair:*'] as const;
export const ADDED = ['=added:*', '=number:*', '=mark:*'] as const;

/** The firms within the scope. Pure. */
export const surveyedOf = workedOutOnce((firms: readonly FirmSaid[]): readonly Surveyed[] =>
  firms
    .filter(({ isIn }) => isIn)
    .map(({ id, place, said }) => {
      const says = (measure: string) => (said.get(measure) ?? []).reduce((sum, [, amount]) => sum + amount, 0) > 0;
      const ofWave = (measure: string) =>
        Object.fromEntries(WAVES.map((wave) => [wave, says(`${measure}:${wave}`)])) as Record<Wave, boolean>;
      return {
        id,
        basin: place['basin']?.[0] ?? '',
        size: place['size']?.[0] ?? '',
        isEnrolled: says('enrolled'),
        isAccompanied: says('accompanied'),
        drawn: ofWave('=drawn'),
        answered: ofWave('=answered'),
        pairs: pairsOf(said),
        added: addedOf(said),
      };
    }),
);

function pairsOf(said: FirmSaid['said']): Map<string, YesBoth> {
  const pairs = new Map<string, YesBoth>();
  for (const [measure, onDays] of said) {
    if (!measure.startsWith('=pair:')) continue;
    // Of a firm that answered under two SIRET, what it said first.
    const code = (onDays[0]?.[1] ?? 0) - 1;
    if (code >= 0 && code <= 3) pairs.set(measure.slice('=pair:'.length), { before: code >= 2, after: code % 2 === 1 });
  }
  return pairs;
}

function addedOf(said: FirmSaid['said']): Map<string, number> {
  const added = new Map<string, number>();
  for (const measure of said.keys()) {
    if (!measure.startsWith('=added:')) continue;
    const name = measure.slice('=added:'.length);
    // A number of nothing is no fact.
    added.set(name, (said.get(`=mark:${name}`) ?? said.get(`=number:${name}`))?.[0]?.[1] ?? 0);
  }
  return added;
}

/**
 * Who speaks for others: firms drawn in each of these waves in which anybody was; undefined where nobody was in any. The figures
 * count those drawn in one wave at least (`drawnDays`), which are more.
 */
export function drawnInEachOf(
  all: readonly Surveyed[],
  waves: readonly Wave[],
): ((firm: Surveyed) => boolean) | undefined {
  const withDraws = waves.filter((wave) => all.some(({ drawn }) => drawn[wave]));
  return withDraws.length === 0 ? undefined : ({ drawn }) => withDraws.every((wave) => drawn[wave]);
}

/** What a firm says for estimates that compare both waves, as a text. */
export const behindOf = workedOutOnce((firms: readonly Surveyed[]): ReadonlyMap<string, string> => {
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    firms
      .filter(({ isEnrolled, isAccompanied }) => isEnrolled || isAccompanied)
      .map(({ id, basin, size, isAccompanied, drawn, answered, pairs, added }) => [
        id,
        JSON.stringify([basin, size, isAccompanied, drawn, answered, sorted(pairs), sorted(added)]),
      ]),
  );
});
