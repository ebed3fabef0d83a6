import { own } from '@gpect/domain-values/records';

/** A coarser value of a dimension: what it is called. */
export interface Coarse {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** One way to say a dimension: of each code the coarser one; codes that it does not name are said as they are. */
interface Level {
  readonly coarser: Readonly<Record<string, Coarse>>;
}

/** Everything: the dimension is not told. */
export const ALL = '*';

const level = (
  groups: readonly (readonly [code: string, labelFr: string, labelEn: string, of: readonly string[]])[],
) => ({
  coarser: Object.fromEntries(
    groups.flatMap(([code, labelFr, labelEn, of]) => of.map((one) => [one, { code, labelFr, labelEn }])),
  ),
});

const AS_IT_IS: Level = { coarser: {} };
/** INSEE's aggregate nomenclature of NAF rev. 2 in 10 posts (A 10), and in 5 (A 5). */
const [A10, A5] = [
  level([
    ['AZ', 'Agriculture', 'Agriculture', ['A']],
    ['BE', 'Industrie', 'Industry', ['B', 'C', 'D', 'E']],
    ['FZ', 'Construction', 'Construction', ['F']],
    ['GI', 'Commerce, transports, hébergement et restauration', 'Trade, transport, accommodation', ['G', 'H', 'I']],
    ['JZ', 'Information et communication', 'Information and communication', ['J']],
    ['KZ', 'Activités financières', 'Finance', ['K']],
    ['LZ', 'Activités immobilières', 'Real estate', ['L']],
    ['MN', 'Services aux entreprises', 'Business services', ['M', 'N']],
    ['OQ', 'Administration, enseignement, santé', 'Administration, education, health', ['O', 'P', 'Q']],
    ['RU', 'Autres services', 'Other services', ['R', 'S', 'T', 'U']],
  ]),
  level([
    ['AZ', 'Agriculture', 'Agriculture', ['A']],
    ['BE', 'Industrie', 'Industry', ['B', 'C', 'D', 'E']],
    ['FZ', 'Construction', 'Construction', ['F']],
    [
      'GU',
      'Services principalement marchands',
      'Mainly market services',
      ['G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'R', 'S', 'T', 'U'],
    ],
    ['OQ', 'Services principalement non marchands', 'Mainly non-market services', ['O', 'P', 'Q']],
  ]),
] as const;

const SIZES = level([
  ['0-49', 'moins de 50 salariés', 'fewer than 50', ['0-9', '10-49']],
  ['50+', '50 salariés et plus', '50 and more', ['50-99', '100-249', '250+']],
]);

/** The dimensions by which a firm may be recognised in released rows, from the finest way to say each to the coarsest but one. */
const LEVELS: Readonly<Record<string, readonly Level[]>> = {
  section: [AS_IT_IS, A10, A5],
  size: [AS_IT_IS, SIZES],
  region: [AS_IT_IS],
  wave: [AS_IT_IS],
  origin: [AS_IT_IS],
};

/** What each is worth to an evaluator, who compares firms of one sector and one size. */
const WORTH: Readonly<Record<string, number>> = { section: 3, size: 3, region: 1, wave: 2, origin: 1 };

export const RECODED: readonly string[] = Object.keys(LEVELS);

/** By dimension, which of its levels is said; one beyond the last says nothing. */
export type Recoding = Readonly<Record<string, number>>;

/** Whether a recoding tells a dimension at all. */
export const isTold = (recoding: Recoding, dimension: string): boolean =>
  (own(recoding, dimension) ?? 0) < (own(LEVELS, dimension) ?? []).length;

/** A code as a recoding says it; '' where the firm has none. */
export function recoded(recoding: Recoding, dimension: string, code: string): string {
  return coarseOf(recoding, dimension, code)?.code ?? (isTold(recoding, dimension) ? code : ALL);
}

/** What a coarser code stands for; undefined where a code is said as it is. */
export function coarseOf(recoding: Recoding, dimension: string, code: string): Coarse | undefined {
  const levels = own(LEVELS, dimension) ?? [];
  const coarser = levels[own(recoding, dimension) ?? 0]?.coarser ?? {};
  return own(coarser, code);
}

/** The coarser codes of a level of a dimension. */
export function coarseCodes(recoding: Recoding, dimension: string): Coarse[] {
  const levels = own(LEVELS, dimension) ?? [];
  const coarser = Object.values(levels[own(recoding, dimension) ?? 0]?.coarser ?? {});
  return [...new Map(coarser.map((one) => [one.code, one])).values()];
}

/** Every recoding there is, with how much it tells: 1 where each dimension is said as it is, 0 where none is. */
export function recodings(): (readonly [recoding: Recoding, precision: number])[] {
  const all = Object.entries(LEVELS).reduce<Recoding[]>(
    (so, [dimension, levels]) =>
      so.flatMap((one) => Array.from({ length: levels.length + 1 }, (_, at) => ({ ...one, [dimension]: at }))),
    [{}],
  );
  return all.map((recoding) => [recoding, precisionOf(recoding)]);
}

/** Samarati's and Sweeney's precision, by what dimensions are worth: one less the mean height to which they are lifted. */
function precisionOf(recoding: Recoding): number {
  let [lifted, worth] = [0, 0];
  for (const [dimension, levels] of Object.entries(LEVELS)) {
    const of = own(WORTH, dimension) ?? 1;
    worth += of;
    lifted += (of * (own(recoding, dimension) ?? 0)) / levels.length;
  }
  return 1 - lifted / worth;
}
