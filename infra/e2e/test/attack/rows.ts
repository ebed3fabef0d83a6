import type { True } from './equations.js';
import type { Interval, Intervals } from './intervals.js';
import { type At, groupingOf, keyOf } from './told.js';

/** A file of released rows, as it was answered. */
export interface RowFile {
  readonly id: string;
  readonly alike: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A firm as it is: where it stands, and the measures that it says something of. */
export interface TrueFirm {
  readonly place: Readonly<Record<string, readonly string[]>>;
  readonly said: ReadonlySet<string>;
}

/** What everybody may read of INSEE's nomenclature (A 10, A 5) and of bands, written apart from the product's own. */
const COARSER: readonly Readonly<Record<string, string>>[] = [
  { BE: 'BCDE', FZ: 'F', GI: 'GHI', JZ: 'J', KZ: 'K', LZ: 'L', MN: 'MN', OQ: 'OPQ', RU: 'RSTU', AZ: 'A' },
  { BE: 'BCDE', FZ: 'F', GU: 'GHIJKLMNRSTU', OQ: 'OPQ', AZ: 'A' },
];
const SMALLER = new Set(['0-9', '10-49']);
const DIMENSIONS = ['section', 'size', 'region', 'wave', 'origin'];

type Row = ReadonlyMap<string, string | number | null>;

/** What rows show of a measure: a row by its cells, null where these do not say. */
interface Shows {
  readonly measure: string;
  of(row: Row): number | null;
  /** Else rows show that it is so much at least. */
  readonly isCount: boolean;
  /** The firms of which it is known by everybody that the file is about them all; undefined where it is not known. */
  readonly isOf?: (firm: TrueFirm) => boolean;
}

const STEPS: Readonly<Record<string, readonly string[]>> = {
  enrolled: ['enrolled', 'accompanied', 'abandoned'],
  accompanied: ['accompanied'],
  abandoned: ['abandoned'],
  declined: ['declined'],
  notMature: ['notMature'],
  ineligible: ['ineligible'],
};
const LEAST: Readonly<Record<string, number>> = {
  '0-7': 0,
  '8-11': 8,
  '12-15': 12,
  '16+': 16,
  '0-2499': 0,
  '2500-4999': 250_000,
  '5000-9999': 500_000,
  '10000+': 1_000_000,
};

/** All that a reader makes of the columns of a file. */
function showsOf({ id, columns }: RowFile): Shows[] {
  const cell = (column: string, of: (value: string) => number) => (row: Row) => {
    const value = row.get(column) ?? null;
    return value === null ? null : of(String(value));
  };
  const has = (measure: string) => (firm: TrueFirm) => firm.said.has(measure);
  const least = (column: string): Shows => ({
    measure: column,
    isCount: false,
    of: cell(column, (band) => LEAST[band] ?? 0),
  });
  if (id === 'path')
    return [
      { measure: 'detected', isCount: true, isOf: has('detected'), of: () => 1 },
      ...Object.entries(STEPS).map(
        ([measure, paths]): Shows => ({
          measure,
          isCount: true,
          isOf: has('detected'),
          of: cell('path', (path) => Number(paths.includes(path))),
        }),
      ),
    ];
  if (id === 'delivery')
    return [{ measure: 'accompanied', isCount: true, isOf: has('accompanied'), of: () => 1 }, least('halfDays')];
  if (id === 'spend')
    return [{ measure: 'accompanied', isCount: false, of: () => 1 }, least('spendBefore'), least('spendAfter')];
  const isOf = has('survey');
  const yes = (question: string, wave: string) => cell(`answer.${question}.${wave}`, (said) => Number(said === 'YES'));
  const questions = columns.flatMap((column) => /^answer\.(.*)\.before$/.exec(column)?.[1] ?? []);
  return [
    { measure: 'survey', isCount: true, isOf, of: () => 1 },
    ...questions.flatMap((question) => {
      const both = (of: (before: number, after: number) => number) => (row: Row) => {
        const [before, after] = [yes(question, 'before')(row), yes(question, 'after')(row)];
        return before === null || after === null ? null : of(before, after);
      };
      return [
        { measure: `survey:before:${question}`, isCount: true, isOf, of: both((before) => before) },
        { measure: `survey:after:${question}`, isCount: true, isOf, of: both((_, after) => after) },
        {
          measure: `~survey:gained:${question}`,
          isCount: true,
          isOf,
          of: both((before, after) => after * (1 - before)),
        },
        { measure: `~survey:lost:${question}`, isCount: true, isOf, of: both((before, after) => before * (1 - after)) },
      ];
    }),
    ...columns.flatMap((column) => {
      const trend = /^trend\.(.*)$/.exec(column)?.[1];
      return trend === undefined
        ? []
        : ['UP', 'STABLE', 'DOWN'].map((code) => ({
            measure: `survey:trend:${trend}:${code}`,
            isCount: true,
            isOf,
            of: cell(column, (said) => Number(said === code)),
          }));
    }),
  ];
}

/**
 * Rows of firms as sums with the numbers of tables. Who asks is taken to know which sorts of firms there are: of each sort that is
 * not told, that it is of fewer firms than are alike, and of each that is, that fewer than that many have no row.
 * @param date of the release: rows of an older one may have changed in fewer firms than are alike
 */
export function addRows(
  intervals: Intervals,
  files: readonly RowFile[],
  of: { readonly numbers: ReadonlyMap<string, True>; readonly firms: readonly TrueFirm[]; readonly date: string },
  prefix: string,
): void {
  const numbers = new Map<string, Map<string, True[]>>();
  for (const number of of.numbers.values()) {
    const byGrouping = numbers.get(number.measure) ?? new Map<string, True[]>();
    numbers.set(number.measure, byGrouping);
    byGrouping.set(groupingOf(number.at), [...(byGrouping.get(groupingOf(number.at)) ?? []), number]);
  }
  const signed = new Set([...of.numbers.values()].filter(({ value }) => value < 0).map(({ measure }) => measure));
  for (const file of files) {
    const told = DIMENSIONS.filter((dimension) => file.columns.includes(dimension));
    const coarse = coarseIn(file, told);
    const rows = file.rows.map((row): Row => new Map(file.columns.map((column, i) => [column, row[i] ?? null])));
    const classes = new Map<string, { at: At; rows: Row[] }>();
    for (const row of rows) {
      const at = Object.fromEntries(told.map((dimension) => [dimension, String(row.get(dimension) ?? '')]));
      const one = classes.get(JSON.stringify(at)) ?? { at, rows: [] };
      classes.set(JSON.stringify(at), one);
      one.rows.push(row);
    }
    for (const { measure, of: shown, isCount, isOf } of showsOf(file)) {
      // Of what may be less than nothing, rows give no least.
      if (!isCount && signed.has(measure)) continue;
      const places: (readonly [At, string])[] = [];
      const name = (at: At) => `${prefix}rows ${file.id} ${measure} ${JSON.stringify(at)}`;
      for (const { at, rows: ofClass } of classes.values()) {
        const values = ofClass.map(shown);
        const low = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
        const unknown = values.filter((value) => value === null).length;
        const slack = ofClass.some((row) => row.get('release') !== of.date) ? file.alike - 1 : 0;
        const high = isCount ? low + unknown + file.alike - 1 + slack : Number.POSITIVE_INFINITY;
        intervals.add(name(at), { low: isCount ? Math.max(0, low - slack) : slack > 0 ? 0 : low, high }, isCount);
        places.push([at, name(at)]);
      }
      const others: (readonly [At, string])[] = [];
      const standing = new Map(
        of.firms
          .filter((firm) => isOf?.(firm) ?? false)
          .map((firm) => Object.fromEntries(told.map((d) => [d, coarse(d, firm.place[d]?.[0] ?? '')])))
          .map((at) => [JSON.stringify(at), at] as const),
      );
      for (const [key, at] of standing)
        if (!classes.has(key)) {
          intervals.add(name(at), { low: 0, high: isCount ? file.alike - 1 : Number.POSITIVE_INFINITY }, isCount);
          others.push([at, name(at)]);
        }
      for (const [grouping, cells] of numbers.get(measure) ?? []) {
        const dimensions = grouping === '' ? [] : grouping.split('+');
        if (!dimensions.every((dimension) => told.includes(dimension))) continue;
        const lineOf = (code: (dimension: string) => string) =>
          JSON.stringify(dimensions.map((dimension) => [dimension, code(dimension)]));
        const lines = new Map<string, { terms: Map<string, number>; at: string }>();
        const line = (key: string) => {
          const one = lines.get(key) ?? { terms: new Map<string, number>(), at: key };
          lines.set(key, one);
          return one;
        };
        for (const { at } of cells)
          line(lineOf((d) => coarse(d, at[d] ?? ''))).terms.set(prefix + keyOf(at, measure), -1);
        for (const [at, place] of [...places, ...others]) line(lineOf((d) => at[d] ?? '')).terms.set(place, 1);
        for (const { terms, at } of lines.values()) {
          if (!isCount || !isOf) {
            const rest = `${prefix}rows ${file.id} ${measure} ${grouping} ${at} rest`;
            const open: Interval = { low: 0, high: Number.POSITIVE_INFINITY };
            intervals.add(rest, open, isCount);
            terms.set(rest, 1);
          }
          intervals.relate({ terms, sum: 0 });
        }
      }
    }
  }
}

/** How a file says a dimension: as it is, or by the coarser codes that it holds. */
function coarseIn(file: RowFile, told: readonly string[]): (dimension: string, code: string) => string {
  const said = new Map(
    told.map((dimension) => {
      const at = file.columns.indexOf(dimension);
      return [dimension, new Set(file.rows.map((row) => String(row[at] ?? '')))] as const;
    }),
  );
  return (dimension, code) => {
    const codes = said.get(dimension) ?? new Set<string>();
    if (dimension === 'size' && [...codes].some((one) => one === '0-49' || one === '50+') && code !== '')
      return SMALLER.has(code) ? '0-49' : '50+';
    if (dimension !== 'section' || ![...codes].some((one) => one.length === 2)) return code;
    const isFive = codes.has('GU');
    const groups = COARSER[isFive ? 1 : 0] ?? {};
    return Object.entries(groups).find(([, of]) => code !== '' && of.includes(code))?.[0] ?? code;
  };
}
