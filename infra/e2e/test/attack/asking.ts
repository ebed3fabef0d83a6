import type { RowFile } from './rows.js';
import { AllTold, type At } from './told.js';

/** One question as one caller puts it: the status and what was answered. */
export type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<{ status: number; body: unknown }>;

type Numbers = Readonly<Record<string, number | null>>;
interface BilanTold {
  readonly figures: Numbers;
  readonly byBasin: Readonly<Record<string, Numbers>>;
  readonly byAction: Readonly<Record<string, Numbers>>;
  readonly participation: Numbers;
  readonly participationByStage: Readonly<Record<string, Numbers>>;
  readonly survey: {
    readonly firms: number | null;
    readonly yes: Readonly<Record<string, { before: number | null; after: number | null }>>;
    readonly effects: readonly { question: string; n: number | null }[];
    readonly trends: Readonly<Record<string, Numbers>>;
    readonly trainingPriority: { littleRecourseAndNoPolicyBefore: number | null; priorityAfter: number | null };
  };
  readonly spend: {
    readonly lines: number | null;
    readonly totalCents: number | null;
    readonly byFunderCents: Numbers;
    readonly bySchemeCents: Numbers;
    readonly enrolledFirmsCents: number | null;
    readonly accompaniedFirmsCents: Readonly<Record<string, number | null>>;
  };
  readonly definitions: readonly { id: string; firms: number | null }[];
  readonly details: Readonly<Record<string, { value: number | null; parts?: Numbers }>>;
  readonly estimates: readonly EstimateTold[];
}

interface PartTold {
  readonly n: number | null;
  readonly counts: readonly { name: string; count: number | null }[];
  readonly values: readonly {
    name: string;
    unit: string;
    value: number | null;
    low: number | null;
    high: number | null;
  }[];
}
/** An estimate as it is told. */
export interface EstimateTold extends PartTold {
  readonly id: string;
  readonly parts?: readonly (PartTold & { readonly key: string })[];
}

export interface Asked {
  /** Every dimension that there is. */
  readonly axes: readonly string[];
  readonly indicators: readonly string[];
  /** Each number once, by crosses and by restrictions to one value. */
  readonly isOnce?: boolean;
}

/** What was answered to one caller, and which dimensions it could cross. */
export interface Answered {
  readonly told: AllTold;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly pairs: readonly (readonly [string, string])[];
  /** Rows of firms. */
  readonly rows: readonly RowFile[];
  /** Estimates of the whole programme, and of each restriction. */
  readonly estimates: readonly (readonly [at: At, EstimateTold])[];
}

const AT_ONCE = 8;

/** All that one caller can ask of figures: every restriction, table, cross, figure, document and comparison. */
export async function askEverything(ask: Ask, { axes, indicators, isOnce = false }: Asked): Promise<Answered> {
  const told = new AllTold();
  const put = async (path: string, query: Readonly<Record<string, string>>) => {
    told.questions++;
    return ask(path, query);
  };
  const answer = async <T>(path: string, query: Readonly<Record<string, string>>): Promise<T> => {
    const { status, body } = await put(path, query);
    if (status !== 200) throw new Error(`${path} ${JSON.stringify(query)}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  };
  const estimates: (readonly [At, EstimateTold])[] = [];
  const bilan = async (at: At, path = '/bilan', more: At = {}) => {
    const of = await answer<BilanTold>(path, { ...at, ...more });
    tellBilan(told, at, of, `${path} ${JSON.stringify(at)}`);
    estimates.push(...of.estimates.map((estimate) => [at, estimate] as const));
  };
  const { files: rows } = await answer<{ files: RowFile[] }>('/bilan/firms', {});

  await bilan({});
  await bilan({}, '/bilan/document', { format: 'json' });
  const pairs: (readonly [string, string])[] = [];
  for (const [i, one] of axes.entries())
    for (const other of axes.slice(i + 1))
      if ((await put('/bilan/cross', { by: `${one},${other}`, indicator: 'detected' })).status === 200)
        pairs.push([one, other]);
  const groupings: string[][] = [...axes.map((axis) => [axis]), ...pairs.map((pair) => [...pair])];
  const values = new Map<string, Set<string>>(axes.map((axis) => [axis, new Set()]));
  await all(
    groupings.flatMap((by) => indicators.map((indicator) => [by, indicator] as const)),
    async ([by, indicator]) => {
      const cross = await answer<CrossTold>('/bilan/cross', { by: by.join(','), indicator });
      tellCross(told, indicator, cross, by);
      for (const { at } of cross.cells) for (const [axis, value] of Object.entries(at)) values.get(axis)?.add(value);
      if (isOnce) return;
      const [rows = '', columns] = by;
      const table = await answer<TableTold>('/bilan/table', { rows, ...(columns ? { columns } : {}), indicator });
      tellTable(told, indicator, table, [rows, columns]);
    },
  );
  const restrictions = axes.flatMap((axis) => [...(values.get(axis) ?? [])].map((value): At => ({ [axis]: value })));
  await all(restrictions, async (at) => {
    await bilan(at);
    if (!isOnce) await bilan(at, '/bilan/document', { format: 'json' });
  });
  const answered = () => ({
    told,
    pairs,
    rows,
    estimates,
    values: new Map([...values].map(([axis, of]) => [axis, [...of].sort()])),
  });
  if (isOnce) return answered();
  await all(
    [{}, ...restrictions].flatMap((at) => indicators.map((id) => [at, id] as const)),
    async ([at, id]) => {
      const figure = await answer<FigureTold>(`/bilan/figures/${id}`, at);
      told.tell(at, id, figure.value, `/bilan/figures/${id}`);
      told.tell(at, `${id}#firms`, figure.firms, `/bilan/figures/${id}`);
      for (const [part, value] of Object.entries(figure.parts ?? {}))
        told.tell(at, `${id}:${part}`, value, `/bilan/figures/${id}`);
    },
  );
  await all(
    pairs.flatMap(([one, other]) =>
      [...(values.get(one) ?? [])].flatMap((a) =>
        [...(values.get(other) ?? [])].map((b): At => ({ [one]: a, [other]: b })),
      ),
    ),
    async (at) => bilan(at),
  );
  // A table of one dimension within a value of another: each figure once for each pair, in turn.
  await all(
    pairs.flatMap(([one, other], i) =>
      [...(values.get(other) ?? [])].map(
        (value, j) => [one, other, value, indicators[(i + j) % indicators.length] ?? ''] as const,
      ),
    ),
    async ([rows, other, value, indicator]) => {
      const table = await answer<TableTold>('/bilan/table', { rows, [other]: value, indicator });
      tellTable(told, indicator, table, [rows, undefined], { [other]: value });
    },
  );
  // Programmes side by side: of one alone, what is told of it must be what is told anyway.
  await all(['programme', ...axes.filter((axis) => axis !== 'action' && axis !== 'carrier')], async (by) => {
    const compared = await answer<ComparedTold>('/bilans/compare', { by });
    for (const { at, figures } of [...compared.each, ...compared.together.filter(isOfSomething)]) {
      const { programme: _, ...place } = at;
      for (const [id, value] of Object.entries(figures))
        if (value !== null || compared.each.some((one) => one.at === at))
          told.tell(place, id, value, `/bilans/compare ${by}`);
    }
  });
  return answered();
}

interface ComparedTold {
  readonly each: readonly { at: At; figures: Numbers }[];
  readonly together: readonly { at: At; figures: Numbers }[];
}
const isOfSomething = ({ at }: { readonly at: At }): boolean => Object.values(at).every((value) => value !== '');

interface FigureTold {
  readonly value: number | null;
  readonly firms: number | null;
  readonly parts?: Numbers;
}
interface CrossTold {
  readonly cells: readonly { at: At; value: number | null; firms: number | null }[];
  readonly total: { value: number | null; firms: number | null };
}
interface TableTold {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly (number | null)[])[];
}

function tellCross(told: AllTold, indicator: string, { cells, total }: CrossTold, by: readonly string[]): void {
  const from = `/bilan/cross ${by} ${indicator}`;
  for (const { at, value, firms } of cells) {
    told.tell(at, indicator, value, from);
    told.tell(at, `${indicator}#firms`, firms, from);
  }
  told.tell({}, indicator, total.value, from);
  told.tell({}, `${indicator}#firms`, total.firms, from);
}

function tellTable(
  told: AllTold,
  indicator: string,
  { rows, columns, cells }: TableTold,
  [row, column]: readonly [string, string | undefined],
  where: At = {},
): void {
  const from = `/bilan/table ${row} ${column ?? ''} ${indicator} ${JSON.stringify(where)}`;
  for (const [r, line] of cells.entries())
    for (const [c, value] of line.entries()) {
      const at = {
        ...where,
        ...(r < rows.length ? { [row]: rows[r] ?? '' } : {}),
        ...(column && c < columns.length ? { [column]: columns[c] ?? '' } : {}),
      };
      told.tell(at, indicator, value, from);
    }
}

function tellBilan(told: AllTold, at: At, bilan: BilanTold, from: string): void {
  const tell = (measure: string, value: number | null | undefined, more: At = {}) =>
    told.tell({ ...at, ...more }, measure, value, from);
  for (const [id, value] of Object.entries(bilan.figures)) tell(id, value);
  for (const [basin, figures] of Object.entries(bilan.byBasin))
    for (const [id, value] of Object.entries(figures)) tell(id, value, { basin });
  for (const [action, figures] of Object.entries(bilan.byAction))
    for (const [id, value] of Object.entries(figures)) tell(id, value, { action });
  const { spend, survey } = bilan;
  tell('spend', spend.totalCents);
  tell('spendEnrolled', spend.enrolledFirmsCents);
  const { before12Months, after12Months, firmsBefore, firmsAfter } = spend.accompaniedFirmsCents;
  tell('spendBefore', before12Months);
  tell('spendAfter', after12Months);
  tell('spendBefore#firms', firmsBefore);
  tell('spendAfter#firms', firmsAfter);
  tell('survey', survey.firms);
  for (const [id, { value, parts = {} }] of Object.entries(bilan.details)) {
    tell(id, value);
    for (const [part, count] of Object.entries(parts)) tell(`${id}:${part}`, count);
  }
  for (const { id, firms } of bilan.definitions) tell(`${id === 'workshops' ? 'invited' : id}#firms`, firms);
  tell('spend:lines', spend.lines);
  for (const [funder, value] of Object.entries(spend.byFunderCents)) tell(`spend:funder:${funder}`, value);
  for (const [scheme, value] of Object.entries(spend.bySchemeCents)) tell(`spend:scheme:${scheme}`, value);
  for (const [group, value] of Object.entries(bilan.participation)) tell(`participation:${group}`, value);
  for (const [stage, groups] of Object.entries(bilan.participationByStage))
    for (const [group, value] of Object.entries(groups)) tell(`participationByStage:${stage}:${group}`, value);
  for (const { question, n } of survey.effects) tell(`survey:asked:${question}`, n);
  for (const [question, { before, after }] of Object.entries(survey.yes)) {
    tell(`survey:before:${question}`, before);
    tell(`survey:after:${question}`, after);
  }
  for (const [name, trends] of Object.entries(survey.trends))
    for (const [trend, value] of Object.entries(trends)) tell(`survey:trend:${name}:${trend}`, value);
  tell('survey:noTrainingBefore', survey.trainingPriority.littleRecourseAndNoPolicyBefore);
  tell('survey:trainingPriorityAfter', survey.trainingPriority.priorityAfter);
}

/** So many at once as a service answers well. */
export async function all<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
    }),
  );
}
