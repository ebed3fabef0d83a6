import { valuesOf } from '@gpect/contracts/event-contracts';
import { monthOf } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { regionName } from '@gpect/reference-data/regions';
import type { FirmSaid } from '../cube/firms.js';
import { DIMENSIONS, type Dimension } from '../dimensions/dimensions.js';
import { labelOf } from '../exports/labels.js';
import { ALWAYS } from '../facts/fact.js';
import type { Figure } from '../figures/figure.js';
import { FIGURES, figureCalled } from '../figures/registry.js';
import type { Documents } from '../programmes/documents.js';
import type { Code, FirmSource, MadeColumn } from './column.js';
import { surveyColumns } from './survey-columns.js';
import { windowColumns } from './window-columns.js';

/** Steps on the path of a firm, the furthest first: the first one that it came to is its path. */
export const STEPS = [
  'abandoned',
  'accompanied',
  'enrolled',
  'declined',
  'notMature',
  'ineligible',
  'qualified',
  'detected',
] as const;

/** A figure whose parts are said better by columns of their own (answers). */
const WITHOUT_PARTS = new Set(['survey']);

/** Every column of a full file, made of the dimensions and figures there are, and of what firms said of them. */
export function columnsOf(sources: readonly FirmSource[], documents: Documents) {
  const measures = [...new Set(sources.flatMap(({ firm }) => [...firm.said.keys()]))].sort();
  return [
    PSEUDONYM,
    POPULATION,
    ...DIMENSIONS.filter(({ name, of }) => of !== 'fact' && name !== 'programme').map((dimension) =>
      ofDimension(dimension, sources, documents),
    ),
    PATH,
    ...FIGURES.filter(({ facts }) => facts).flatMap((figure) => ofFigure(figure, measures)),
    ...windowColumns(sources, documents),
    ...ofAnswers(sources),
    ...surveyColumns(documents),
  ];
}

const PSEUDONYM: MadeColumn = {
  column: 'firm',
  labelFr: 'Entreprise',
  labelEn: 'Firm',
  definitionFr:
    'Pseudonyme de l’entreprise : le même dans tous les fichiers du dispositif, un autre dans un autre dispositif. Il ne permet pas de retrouver le SIRET.',
  definitionEn:
    "The firm's pseudonym: the same in every file of the programme, another in another programme. It leads to no SIRET.",
  kind: 'PSEUDONYM',
  codes: [],
  valueOf: ({ pseudonym }) => pseudonym,
};

const POPULATION: MadeColumn = {
  column: 'population',
  labelFr: 'Population',
  labelEn: 'Population',
  definitionFr:
    'Entreprise détectée par le dispositif, ou hors dispositif : un SIRET des fichiers des financeurs que personne n’a détecté, dont on ne connaît ni lieu, ni secteur, ni taille.',
  definitionEn:
    "A firm that the programme detected, or one outside: a SIRET of the funders' files that nobody detected, of which neither place, nor sector, nor size is known.",
  kind: 'CODE',
  codes: [
    { code: 'PROGRAMME', labelFr: 'détectée', labelEn: 'detected' },
    { code: 'OUTSIDE', labelFr: 'hors dispositif', labelEn: 'outside' },
  ],
  valueOf: ({ firm }) => (firm.said.has('detected') ? 'PROGRAMME' : 'OUTSIDE'),
};

/** What a column of a dimension is called, and where it comes from. */
export const columnOf = ({ name, labelFr, labelEn, from, fromFr }: Dimension) =>
  ({
    column: name,
    labelFr,
    labelEn,
    definitionFr: `D’après ${fromFr}.`,
    definitionEn: `From ${from}.`,
    kind: 'CODE',
  }) as const;

function ofDimension(
  dimension: Dimension,
  sources: readonly FirmSource[],
  documents: Pick<Documents, 'programme' | 'actions'>,
): MadeColumn {
  const { name } = dimension;
  const codes = [...new Set(sources.flatMap(({ firm }) => own(firm.place, name) ?? []))].sort();
  return {
    ...columnOf(dimension),
    codes: codes.map((code) => ({ code, ...placeLabels(name, code, documents) })),
    valueOf: ({ firm }) => (own(firm.place, name) ?? []).join('+') || null,
  };
}

/** What a code of a dimension is called. */
export function placeLabels(
  name: string,
  code: string,
  { programme, actions }: Pick<Documents, 'programme' | 'actions'>,
): Omit<Code, 'code'> {
  const both = (label: string) => ({ labelFr: label, labelEn: label });
  if (name === 'section') return { labelFr: labelOf('SECTIONS', code, 'fr'), labelEn: labelOf('SECTIONS', code, 'en') };
  if (name === 'basin') return both(own(programme.basinNames ?? {}, code) ?? code);
  if (name === 'region') return both(regionName(code));
  if (name === 'action') return both(actions.find(({ action }) => action === code)?.name ?? code);
  const carriers = name === 'carrier' ? actions.flatMap((action) => action.carriers ?? []) : [];
  return both(carriers.find((carrier) => carrier.code === code)?.name ?? code);
}

export const PATH: MadeColumn = {
  column: 'path',
  labelFr: 'Parcours',
  labelEn: 'Path',
  definitionFr: 'L’étape la plus avancée que l’entreprise a atteinte.',
  definitionEn: 'The furthest step that the firm came to.',
  kind: 'CODE',
  codes: STEPS.flatMap((id) => {
    const figure = figureCalled(id);
    return figure ? [{ code: id, labelFr: figure.labelFr, labelEn: figure.labelEn }] : [];
  }),
  valueOf: ({ firm }) => pathOf(firm) ?? null,
};

export const pathOf = ({ said }: Pick<FirmSaid, 'said'>): (typeof STEPS)[number] | undefined =>
  STEPS.find((step) => said.has(step));

/** The figure and its parts; of a step of the path, the quarter of its day as well. */
function ofFigure(figure: Figure, measures: readonly string[]): MadeColumn[] {
  const isPart = (measure: string) => measure.startsWith(`${figure.id}:`) || measure.startsWith(`${figure.id}@`);
  const shown = WITHOUT_PARTS.has(figure.id) ? [] : measures.filter(isPart);
  return [
    numberColumn(figure, figure.id),
    ...(figure.unit === 'firm' ? [quarterColumn(figure)] : []),
    ...shown.map((measure) => numberColumn(figure, measure)),
  ];
}

function numberColumn(figure: Figure, measure: string): MadeColumn {
  const { id, labelFr, labelEn, definitionFr, definitionEn, unit } = figure;
  const part =
    measure === id
      ? []
      : measure
          .slice(id.length + 1)
          .split(':')
          .filter((code) => code !== '');
  const named = (label: string, lang: 'fr' | 'en') => [label, ...part.map((code) => partLabel(code, lang))].join(' – ');
  // Lines of spend are counted, whatever their figure is in.
  const isMoney = unit === 'euro cent' && measure !== 'spend:lines';
  return {
    column: measure.replaceAll(':', '.').replaceAll('@', '.on.'),
    labelFr: named(labelFr, 'fr'),
    labelEn: named(labelEn, 'en'),
    definitionFr,
    definitionEn,
    kind: 'NUMBER',
    unit: unit === 'firm' ? '1 = oui / yes, 0 = non / no' : isMoney ? 'euro' : unit === 'euro cent' ? 'line' : unit,
    codes: [],
    valueOf: ({ firm }) => {
      const amount = (firm.said.get(measure) ?? []).reduce((sum, [, on]) => sum + on, 0);
      return isMoney ? amount / 100 : amount;
    },
  };
}

function quarterColumn({ id, labelFr, labelEn, countsBy }: Figure): MadeColumn {
  return {
    column: `${id}.quarter`,
    labelFr: `${labelFr} – trimestre`,
    labelEn: `${labelEn} – quarter`,
    definitionFr: 'Le trimestre du jour sur le terrain ; vide quand il n’a pas été dit.',
    definitionEn: `The quarter of ${countsBy}; empty where no day was told.`,
    kind: 'QUARTER',
    codes: [],
    valueOf: ({ firm }) => {
      const [[day] = [ALWAYS]] = firm.said.get(id) ?? [];
      return day === ALWAYS ? null : quarterOf(day);
    },
  };
}

/** `2010-T3` */
export const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-T${Math.ceil(Number(monthOf(day).slice(5, 7)) / 3)}`;

const WAVES = valuesOf('Wave');

/** Answers as they were given, wave by wave, and the trends that firms say. */
function ofAnswers(sources: readonly FirmSource[]): MadeColumn[] {
  return [
    ...questionsIn(sources).flatMap((question) => WAVES.map((wave) => answerColumn(question, wave))),
    ...trendsIn(sources).map(trendColumn),
  ];
}

/** The questions that some firm answered, and the trends that some firm said. */
export const questionsIn = (sources: readonly FirmSource[]): string[] =>
  [...new Set(sources.flatMap((source) => WAVES.flatMap((wave) => Object.keys(answersOf(source, wave)))))].sort();
export const trendsIn = (sources: readonly FirmSource[]): string[] =>
  [...new Set(sources.flatMap(({ survey }) => Object.keys(survey.trends ?? {})))].sort();

type Wave = (typeof WAVES)[number];
const WAVE_LABELS: Readonly<Record<Wave, readonly [fr: string, en: string]>> = {
  BEFORE: ['avant', 'before'],
  AFTER: ['après', 'after'],
};

export function answersOf(
  { survey: { answers, partlyAnswered } }: FirmSource,
  wave: Wave,
): Readonly<Record<string, number>> {
  return (answers?.[wave] ?? partlyAnswered?.[wave])?.answers ?? {};
}

function answerColumn(question: string, wave: Wave): MadeColumn {
  const [fr, en] = WAVE_LABELS[wave];
  return {
    column: `answer.${question}.${wave.toLowerCase()}`,
    labelFr: `${labelOf('QUESTIONS', question, 'fr')} – ${fr}`,
    labelEn: `${labelOf('QUESTIONS', question, 'en')} – ${en}`,
    definitionFr: `Réponse de l’entreprise à la vague « ${fr} » ; 4 ou 5 est un « oui », vide quand elle n’a pas répondu.`,
    definitionEn: `The firm's answer to the wave "${en}"; 4 or 5 is a yes, empty where it did not answer.`,
    kind: 'NUMBER',
    unit: '1–5',
    codes: [],
    valueOf: (source) => own(answersOf(source, wave), question) ?? null,
  };
}

export const TREND_CODES: readonly Code[] = [
  { code: 'UP', labelFr: 'en hausse', labelEn: 'up' },
  { code: 'STABLE', labelFr: 'stable', labelEn: 'stable' },
  { code: 'DOWN', labelFr: 'en baisse', labelEn: 'down' },
];

function trendColumn(name: string): MadeColumn {
  return {
    column: `trend.${name}`,
    labelFr: `Évolution déclarée – ${labelOf('TRENDS', name, 'fr')}`,
    labelEn: `Trend as declared – ${labelOf('TRENDS', name, 'en')}`,
    definitionFr: 'Évolution que l’entreprise déclare ; vide quand elle n’en a rien dit.',
    definitionEn: 'How it developed, as the firm says; empty where it did not.',
    kind: 'CODE',
    codes: TREND_CODES,
    valueOf: ({ survey }) => (survey.trends ? (own<string>(survey.trends, name) ?? null) : null),
  };
}

/** Kinds of codes that parts of figures are of. */
const PART_KINDS = ['GROUPS', 'STAGES', 'SCHEMES', 'THEMES'] as const;
const PART_WORDS: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  funder: ['financeur', 'funder'],
  scheme: ['dispositif', 'scheme'],
  lines: ['lignes', 'lines'],
};

function partLabel(code: string, lang: 'fr' | 'en'): string {
  const word = own(PART_WORDS, code);
  if (word) return word[lang === 'fr' ? 0 : 1];
  return PART_KINDS.map((kind) => labelOf(kind, code, lang)).find((label) => label !== code) ?? code;
}
