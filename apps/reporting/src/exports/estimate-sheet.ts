import type { Bilan } from '../bilan/shape.js';
import type { Language } from './labels.js';
import { euros, MASKED, measured, nullIn, points, type Sheet, type SheetCell, UNTOLD } from './sheet.js';
import { atOfScope, capital } from './words.js';
import { decimalsOf, written, writtenDay } from './written.js';

type Estimate = Bilan['estimates'][number];
type Value = Estimate['values'][number];
type Part = Pick<Estimate, 'n' | 'counts' | 'values'>;

/** Group, measure, value, and its interval where it has one. */
type Row = readonly [group: string, measure: string, value: SheetCell, low: SheetCell, high: SheetCell];

/** Parts that are told in print; those of finer keys (a stratum of basin and size) stand in spreadsheets. */
const SEGMENTS = 3;

/** An estimate as a table to be read; its reason and assumptions beneath. @param untold how null is written */
export function estimateSheet(estimate: Estimate, language: Language, nulls: string): Sheet {
  // Of no firm there is nothing to mask.
  const untold = estimate.n === 0 ? UNTOLD : nulls;
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const parts = estimate.parts ?? [];
  const shown = parts.filter(({ key }) => key.split(':').length <= SEGMENTS);
  const title = say(estimate.labelFr, estimate.labelEn);
  const notes = [
    ...(shown.length < parts.length
      ? [
          say(
            `Groupes plus fins, dans le tableur (XLSX, ODS, CSV) : ${parts.length - shown.length}.`,
            `Finer groups, in the spreadsheets (XLSX, ODS, CSV): ${parts.length - shown.length}.`,
          ),
        ]
      : []),
    ...notesOf(estimate, language),
  ];
  const decimals = decimalsOf(allValues([estimate, ...shown]).map(({ value, unit }) => cellOf(value, unit)));
  if (parts.length === 0)
    return {
      title,
      head: [
        say('Mesure', 'Measure'),
        say('Valeur', 'Value'),
        say(`Intervalle à ${levelOf(estimate)} %`, `${levelOf(estimate)}% interval`),
      ],
      rows: rowsOf(estimate, language, untold).map(([, measure, value, low, high]) => [
        measure,
        value,
        low === '' ? '' : `${written(low, language, decimals)} ${say('à', 'to')} ${written(high, language, decimals)}`,
      ]),
      notes,
    };
  // What no part tells is told once, beneath; what all of it does not tell may be told by parts.
  const told = shown.filter(isThere);
  const counts = named(told.map((part) => part.counts.filter(({ count }) => count !== null)));
  const values = named([estimate, ...told].map((part) => part.values));
  const ofAll = estimate.counts.filter(({ name, count }) => count !== null && !counts.some((of) => of.name === name));
  const rowOf = (group: string, part: Part): SheetCell[] => [
    group,
    part.n ?? nulls,
    ...counts.map(({ name }) => part.counts.find((of) => of.name === name)?.count ?? (part.n === 0 ? UNTOLD : nulls)),
    ...values.map(({ name }) => {
      const value = part.values.find((of) => of.name === name);
      const told = value ? withInterval(value, language, untold, decimals) : '';
      return told ?? (part.n === 0 ? UNTOLD : nulls);
    }),
  ];
  const masked = shown.length - shown.filter(hasNumber).length;
  return {
    title,
    head: [
      say('Groupe', 'Group'),
      say('Entreprises comptées', 'Firms counted'),
      ...counts.map(({ labelFr, labelEn }) => capital(say(labelFr, labelEn))),
      ...values.map(({ labelFr, labelEn, unit }) => capital(`${say(labelFr, labelEn)}${unitOf(unit, language)}`)),
    ],
    rows: [
      rowOf(say('Ensemble', 'All'), estimate),
      ...told.map((part) => rowOf(capital(say(part.labelFr, part.labelEn)), part)),
    ],
    notes: [
      ...(masked > 0
        ? [
            say(
              `Groupes sans aucun nombre à dire, ou masqués : ${masked}.`,
              `Groups with no number to tell, or masked: ${masked}.`,
            ),
          ]
        : []),
      ...ofAll.map(
        ({ labelFr, labelEn, count }) =>
          `${capital(say(labelFr, labelEn))}${say(' : ', ': ')}${written(count, language)}.`,
      ),
      ...(allValues(told).some(({ low }) => low !== null)
        ? [say(`Entre crochets : intervalle à ${levelOf(estimate)} %.`, `In brackets: ${levelOf(estimate)}% interval.`)]
        : []),
      ...notes,
    ],
  };
}

const allValues = (parts: readonly Part[]): Value[] => parts.flatMap(({ values }) => values);

/** The first of each name, in the order in which names come. */
function named<T extends { readonly name: string }>(lists: readonly (readonly T[])[]): T[] {
  const first = new Map<string, T>();
  for (const of of lists.flat()) if (!first.has(of.name)) first.set(of.name, of);
  return [...first.values()];
}

const hasNumber = ({ n, counts, values }: Part): boolean =>
  n !== null || counts.some(({ count }) => count !== null) || values.some(({ value }) => value !== null);

/** A group of nobody says nothing, nor does one of which no number is told. */
const isThere = (part: Part): boolean =>
  hasNumber(part) &&
  (part.n !== 0 || part.counts.some(({ count }) => count !== 0) || part.values.some(({ value }) => value !== null));

/** `+51,7 [+40,6 ; +61,0]`; of one that is an interval alone, that. */
function withInterval(
  { value, low, high, unit }: Value,
  language: Language,
  untold: string,
  decimals: 0 | 1,
): SheetCell {
  if (low === null || high === null) return cellOf(value, unit);
  const said = (number: number) => written(cellOf(number, unit), language, decimals);
  const interval = `[${said(low)} ; ${said(high)}]`;
  return value === null && untold !== MASKED ? interval : `${value === null ? untold : said(value)} ${interval}`;
}

/** All estimates in one table, for whoever reckons with them. */
export function estimatesSheet({ estimates, scope, secrecy }: Bilan, language: Language): Sheet {
  // Of a part a release tells none, whatever is in it.
  const nulls = Object.keys(atOfScope(scope)).length > 0 ? UNTOLD : nullIn(secrecy);
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const [first] = estimates;
  return {
    title: say('Estimations', 'Estimates'),
    head: [say('Estimation', 'Estimate'), say('Groupe', 'Group'), ...headOf(first, language)],
    rows: estimates.flatMap((estimate) =>
      rowsOf(estimate, language, nulls).map((row) => [say(estimate.labelFr, estimate.labelEn), ...row]),
    ),
    notes: estimates.flatMap((estimate) =>
      notesOf(estimate, language).map((note) => `${say(estimate.labelFr, estimate.labelEn)} – ${note}`),
    ),
  };
}

/** In percent. */
const levelOf = (estimate: Estimate | undefined): number => Math.round((estimate?.confidence ?? 0.95) * 100);

function headOf(estimate: Estimate | undefined, language: Language): string[] {
  return language === 'fr'
    ? ['Mesure', 'Valeur', `Intervalle à ${levelOf(estimate)} %, de`, 'à']
    : ['Measure', 'Value', `${levelOf(estimate)}% interval, from`, 'to'];
}

/** @param nulls how null is written where somebody is counted */
function rowsOf(estimate: Estimate, language: Language, nulls: string): Row[] {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const rowsIn = ({ n, counts, values }: Part, group: string): Row[] => [
    [group, say('Entreprises comptées', 'Firms counted'), n ?? nulls, '', ''],
    ...counts.map(
      ({ labelFr, labelEn, count }): Row => [group, capital(say(labelFr, labelEn)), count ?? nulls, '', ''],
    ),
    ...values.map(({ labelFr, labelEn, unit, value, low, high }): Row => {
      const bounds: readonly SheetCell[] =
        low === null || high === null ? ['', ''] : [cellOf(low, unit), cellOf(high, unit)];
      return [
        group,
        capital(`${say(labelFr, labelEn)}${unitOf(unit, language)}`),
        cellOf(value, unit) ?? (n === 0 ? UNTOLD : nulls),
        bounds[0] ?? '',
        bounds[1] ?? '',
      ];
    }),
  ];
  return [
    ...rowsIn(estimate, say('Ensemble', 'All')),
    ...(estimate.parts ?? []).flatMap((part) => rowsIn(part, say(part.labelFr, part.labelEn))),
  ];
}

/** Why an estimate is not of all that it is of; undefined where it is. */
export function incompleteSaid(
  { status, reasonFr = '', reasonEn = '' }: Estimate,
  language: Language,
): string | undefined {
  if (status !== 'INCOMPLETE') return undefined;
  return language === 'fr' ? `Incomplet : ${reasonFr}` : `Incomplete: ${reasonEn}`;
}

function notesOf(estimate: Estimate, language: Language): string[] {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const { of } = estimate;
  const incomplete = incompleteSaid(estimate, language);
  return [
    ...(incomplete ? [incomplete] : []),
    ...(of
      ? [
          say(
            `Tel que publié le ${writtenDay(of, language)} : trop peu d’entreprises ont changé depuis.`,
            `As released on ${writtenDay(of, language)}: too few firms changed since.`,
          ),
        ]
      : []),
    say(estimate.definitionFr, estimate.definitionEn),
    ...(language === 'fr' ? estimate.assumptionsFr : estimate.assumptionsEn),
  ];
}

function cellOf(value: number | null, unit: Value['unit']): SheetCell {
  switch (unit) {
    case 'euro cent':
      return euros(value);
    case 'share':
      return measured(value, 'share');
    case 'points':
      return points(value);
    case 'change':
      return measured(value, 'change');
    case 'day':
      return value === null ? null : Math.round(value);
    default:
      return Number.isInteger(value) ? value : measured(value, 'decimal');
  }
}

/** What stands behind a label where the number alone does not say it. */
function unitOf(unit: Value['unit'], language: Language): string {
  const units: Partial<Record<Value['unit'], readonly [string, string]>> = {
    'euro cent': ['euros', 'euros'],
    points: ['points', 'points'],
    day: ['jours', 'days'],
  };
  const said = units[unit]?.[language === 'fr' ? 0 : 1];
  return said ? ` (${said})` : '';
}
