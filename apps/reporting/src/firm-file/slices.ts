import { valuesOf } from '@gpect/contracts/event-contracts';
import { own } from '@gpect/domain-values/records';
import { labelOf } from '../exports/labels.js';
import { figureCalled } from '../figures/registry.js';
import type { Documents } from '../programmes/documents.js';
import { RECODED } from '../secrecy/rows/recoding.js';
import type { Cell, Shown, Slice, SliceRecord } from '../secrecy/rows/slice.js';
import { MonthlySpend } from '../spend/months.js';
import { participantsOf } from '../spend/participants.js';
import type { Code, Column, FirmSource } from './column.js';
import { answersOf, PATH, pathOf, questionsIn, STEPS, TREND_CODES, trendsIn } from './columns.js';

/** A slice with what its columns mean. */
export interface DescribedSlice extends Slice {
  readonly described: SliceText;
}

export interface SliceText {
  readonly labelFr: string;
  readonly labelEn: string;
  readonly columns: readonly Column[];
}

/** A column of a slice: what it is, and what a firm's cell of it is. */
interface SliceColumn extends Omit<Column, 'kind'> {
  cellOf(source: FirmSource): Cell;
}

/**
 * What is released of firms, parted by who knows it from elsewhere: their path (everybody sees it), what consultants did, what
 * firms answered, what funders paid. Who holds one of these and recognises a firm by it learns nothing of the others.
 */
export function slicesOf(sources: readonly FirmSource[], documents: Documents): DescribedSlice[] {
  const firms = sources.map(({ firm }) => firm);
  const spending = new Map(participantsOf({ firms, documents }).counted.map((one) => [one.firm.id, one]));
  const accompanied = sources.filter(({ firm }) => firm.said.has('accompanied'));
  const spend = (window: 'before' | 'after') => (source: FirmSource) => {
    const participant = spending.get(source.firm.id);
    return participant ? new MonthlySpend(participant.firm).within(participant.windows[window]) : 0;
  };
  return [
    pathSlice(sources.filter(({ firm }) => firm.said.has('detected'))),
    deliverySlice(accompanied),
    surveySlice(sources.filter(({ firm }) => firm.said.has('survey'))),
    sliceOf(
      { id: 'spend', labelFr: 'Dépenses avant et après', labelEn: 'Spend before and after' },
      accompanied.filter(({ firm }) => spending.has(firm.id)),
      [
        bandColumn('spendBefore', EUROS, (source) => spend('before')(source)),
        bandColumn('spendAfter', EUROS, (source) => spend('after')(source)),
      ],
      [
        { measure: 'accompanied', isCount: true, isOfOthersToo: true, of: () => 1 },
        { measure: 'spendBefore', isCount: false, isOfOthersToo: true, of: leastOf(EUROS, 0) },
        { measure: 'spendAfter', isCount: false, isOfOthersToo: true, of: leastOf(EUROS, 1) },
      ],
    ),
  ];
}

function sliceOf(
  { id, labelFr, labelEn }: Pick<SliceText, 'labelFr' | 'labelEn'> & { readonly id: string },
  sources: readonly FirmSource[],
  columns: readonly SliceColumn[],
  shows: readonly Shown[],
): DescribedSlice {
  return {
    id,
    described: { labelFr, labelEn, columns: columns.map(({ cellOf: _, ...column }) => ({ ...column, kind: 'CODE' })) },
    columns: columns.map(({ column }) => column),
    shows,
    records: sources.map(
      (source): SliceRecord => ({
        firm: source.pseudonym,
        at: Object.fromEntries(RECODED.map((name) => [name, own(source.firm.place, name)?.[0] ?? ''])),
        cells: columns.map((column) => column.cellOf(source)),
      }),
    ),
  };
}

function pathSlice(sources: readonly FirmSource[]): DescribedSlice {
  // What a step of the path says of others: that every firm that came to it came to these, or none did.
  const impliedBy = (path: Cell, measure: string): number | null => {
    const of = sources.filter(({ firm }) => pathOf(firm) === path);
    const came = of.filter(({ firm }) => firm.said.has(measure)).length;
    return came === of.length ? 1 : came === 0 ? 0 : null;
  };
  const shows = STEPS.map((measure): Shown => {
    const implied = new Map<Cell, number | null>(STEPS.map((path) => [path, impliedBy(path, measure)]));
    return {
      measure,
      isCount: true,
      isOfOthersToo: false,
      of: ([path = null]) => (measure === 'detected' ? 1 : (implied.get(path) ?? null)),
    };
  });
  const { valueOf: _, kind: _kind, ...path } = PATH;
  return sliceOf(
    { id: 'path', labelFr: 'Parcours', labelEn: 'Path' },
    sources,
    [{ ...path, cellOf: ({ firm }) => pathOf(firm) ?? null }],
    shows,
  );
}

/** From so much on, to less than the next. */
type Bands = readonly (readonly [least: number, code: string])[];

const HALF_DAYS: Bands = [
  [0, '0-7'],
  [8, '8-11'],
  [12, '12-15'],
  [16, '16+'],
];
/** In cents. */
const EUROS: Bands = [
  [0, '0-2499'],
  [250_000, '2500-4999'],
  [500_000, '5000-9999'],
  [1_000_000, '10000+'],
];

const bandOf = (bands: Bands, amount: number): string =>
  bands.findLast(([least]) => amount >= least)?.[1] ?? (bands[0]?.[1] as string);

const leastOf = (bands: Bands, column: number) => (cells: readonly Cell[]) =>
  bands.find(([, code]) => code === cells[column])?.[0] ?? null;

const amountOf = (source: FirmSource, measure: string): number =>
  (source.firm.said.get(measure) ?? []).reduce((sum, [, amount]) => sum + amount, 0);

/** A figure by bands. */
function bandColumn(id: string, bands: Bands, amount: (source: FirmSource) => number): SliceColumn {
  const figure = figureCalled(id);
  const [fr, en] = bands === EUROS ? [' (euros)', ' (euros)'] : ['', ''];
  return {
    column: id,
    labelFr: `${figure?.labelFr ?? id}${fr}`,
    labelEn: `${figure?.labelEn ?? id}${en}`,
    definitionFr: `${figure?.definitionFr ?? ''} Par tranches.`,
    definitionEn: `${figure?.definitionEn ?? ''} By bands.`,
    codes: bands.map(([, code]) => ({ code, labelFr: code, labelEn: code })),
    cellOf: (source) => bandOf(bands, amount(source)),
  };
}

const YES_NO: readonly Code[] = [
  { code: 'YES', labelFr: 'oui', labelEn: 'yes' },
  { code: 'NO', labelFr: 'non', labelEn: 'no' },
];
const yesNo = (is: boolean): Cell => (is ? 'YES' : 'NO');

function deliverySlice(sources: readonly FirmSource[]): DescribedSlice {
  const themes = [...new Set(sources.flatMap(({ firm }) => [...firm.said.keys()]))]
    .filter((measure) => measure.startsWith('halfDays@'))
    .map((measure) => measure.slice('halfDays@'.length))
    .sort();
  const halfDays = bandColumn('halfDays', HALF_DAYS, (source) => amountOf(source, 'halfDays'));
  return sliceOf(
    { id: 'delivery', labelFr: 'Accompagnement', labelEn: 'Accompaniment' },
    sources,
    [
      halfDays,
      ...themes.map(
        (theme): SliceColumn => ({
          column: `theme.${theme}`,
          labelFr: `Thème travaillé – ${labelOf('THEMES', theme, 'fr')}`,
          labelEn: `Theme worked on – ${labelOf('THEMES', theme, 'en')}`,
          definitionFr: 'Au moins une séance de conseil y a été consacrée.',
          definitionEn: 'At least one session of consulting was about it.',
          codes: YES_NO,
          cellOf: ({ firm }) => yesNo(firm.said.has(`halfDays@${theme}`)),
        }),
      ),
      ...valuesOf('Participant').map(
        (group): SliceColumn => ({
          column: `participation.${group}`,
          labelFr: `Participation – ${labelOf('GROUPS', group, 'fr')}`,
          labelEn: `Participation – ${labelOf('GROUPS', group, 'en')}`,
          definitionFr: 'Le groupe a pris part à la moitié des séances ou plus.',
          definitionEn: 'The group took part in half of the sessions or more.',
          codes: YES_NO,
          cellOf: (source) => yesNo(2 * amountOf(source, `participation:${group}`) >= amountOf(source, 'sessions')),
        }),
      ),
    ],
    [
      { measure: 'accompanied', isCount: true, isOfOthersToo: false, of: () => 1 },
      { measure: 'halfDays', isCount: false, isOfOthersToo: true, of: leastOf(HALF_DAYS, 0) },
    ],
  );
}

/** An answer of 4 or 5 is a yes. */
const YES_FROM = 4;
const WAVES = [
  ['BEFORE', 'avant', 'before'],
  ['AFTER', 'après', 'after'],
] as const;

function surveySlice(sources: readonly FirmSource[]): DescribedSlice {
  const [questions, trends] = [questionsIn(sources), trendsIn(sources)];
  const columns: SliceColumn[] = [
    ...questions.flatMap((question) =>
      WAVES.map(
        ([wave, fr, en]): SliceColumn => ({
          column: `answer.${question}.${en}`,
          labelFr: `${labelOf('QUESTIONS', question, 'fr')} – ${fr}`,
          labelEn: `${labelOf('QUESTIONS', question, 'en')} – ${en}`,
          definitionFr: 'Oui : une réponse de 4 ou 5.',
          definitionEn: 'Yes: an answer of 4 or 5.',
          codes: YES_NO,
          cellOf: (source) => {
            const answer = own(answersOf(source, wave), question);
            return answer === undefined ? null : yesNo(answer >= YES_FROM);
          },
        }),
      ),
    ),
    ...trends.map(
      (name): SliceColumn => ({
        column: `trend.${name}`,
        labelFr: `Évolution déclarée – ${labelOf('TRENDS', name, 'fr')}`,
        labelEn: `Trend as declared – ${labelOf('TRENDS', name, 'en')}`,
        definitionFr: 'Évolution que l’entreprise déclare.',
        definitionEn: 'How it developed, as the firm says.',
        codes: TREND_CODES,
        cellOf: ({ survey }) => (survey.trends ? (own<string>(survey.trends, name) ?? null) : null),
      }),
    ),
  ];
  const at = new Map(columns.map(({ column }, i) => [column, i]));
  return sliceOf(
    { id: 'survey', labelFr: 'Réponses avant et après', labelEn: 'Answers before and after' },
    sources,
    columns,
    [
      { measure: 'survey', isCount: true, isOfOthersToo: false, of: () => 1 },
      ...questions.flatMap((question) => shownOfQuestion(question, at)),
      ...trends.flatMap((name) =>
        TREND_CODES.map(
          ({ code }): Shown => ({
            measure: `survey:trend:${name}:${code}`,
            isCount: true,
            isOfOthersToo: false,
            of: (cells) => is(cells[at.get(`trend.${name}`) ?? -1], String(code)),
          }),
        ),
      ),
    ],
  );
}

const is = (cell: Cell | undefined, code: string): number | null =>
  cell === undefined || cell === null ? null : Number(cell === code);

/** What answers to a question show of the counts that tables hold: those asked, those who said yes, and those who changed. */
function shownOfQuestion(question: string, at: ReadonlyMap<string, number>): Shown[] {
  const [before, after] = ['before', 'after'].map((wave) => at.get(`answer.${question}.${wave}`) ?? -1) as [
    number,
    number,
  ];
  const both = (of: (then: number, now: number) => number) => (cells: readonly Cell[]) => {
    const [then, now] = [is(cells[before], 'YES'), is(cells[after], 'YES')];
    return then === null || now === null ? null : of(then, now);
  };
  const shown = (measure: string, of: Shown['of']): Shown => ({ measure, isCount: true, isOfOthersToo: false, of });
  return [
    shown(
      `survey:asked:${question}`,
      both(() => 1),
    ),
    shown(
      `survey:before:${question}`,
      both((then) => then),
    ),
    shown(
      `survey:after:${question}`,
      both((_then, now) => now),
    ),
    shown(
      `~survey:gained:${question}`,
      both((then, now) => (1 - then) * now),
    ),
    shown(
      `~survey:lost:${question}`,
      both((then, now) => then * (1 - now)),
    ),
    ...(question === 'training_priority'
      ? [shown('survey:trainingPriorityAfter', (cells) => is(cells[after], 'YES'))]
      : []),
  ];
}
