import { examplesOf } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { FirmSaid, OnDay } from '../src/cube/firms.js';
import { ESTIMATES } from '../src/estimates/registry.js';
import type { FirmDocument } from '../src/facts/documents.js';
import { firmData } from '../src/facts/firm-data.js';
import { figure as accompanied } from '../src/figures/accompanied.js';
import { figure as detected } from '../src/figures/detected.js';
import { figure as enrolled } from '../src/figures/enrolled.js';
import { NO_VERBATIMS } from '../src/programmes/verbatims.js';
import type { EstimateAsked } from '../src/statistics/estimate.js';
import { surveyedFacts } from '../src/survey/facts.js';
import { Documents } from './documents.js';

export type Scores = Readonly<Record<string, number>>;

export interface SurveyedFirm {
  readonly siret: string;
  readonly basin?: string;
  readonly size?: string;
  readonly isEnrolled?: boolean;
  readonly isCompleted?: boolean;
  /** The waves in which it was drawn. */
  readonly drawn?: readonly ('BEFORE' | 'AFTER')[];
  readonly before?: Scores;
  readonly after?: Scores;
  readonly more?: { readonly before?: object; readonly after?: object };
}

const COMPLETED = '2012-02-01';

/** What happened to a firm, as its services say it. */
export function eventsOf({
  siret,
  basin = 'artois',
  isEnrolled = true,
  isCompleted = true,
  drawn = [],
  before,
  after,
  more = {},
}: SurveyedFirm) {
  const event = (name: string, other: object): RecordedEvent => {
    const type = `fr.gpect.${name}.v1`;
    const example = examplesOf(type as never)[0] as object;
    const { trends: _trends, ...data } = { ...example, programme: 'p', siret, basin, ...other } as Record<
      string,
      unknown
    >;
    return { type, data, subject: `p/${siret}`, sequence: 1, id: name, source: '/t', time: '' } as never;
  };
  const answered = (wave: string, answeredOn: string, answers: Scores | undefined, added: object | undefined) =>
    answers
      ? [event('evaluation.survey-answered', { wave, answeredOn, answers, ...(added ? { more: added } : {}) })]
      : [];
  return [
    event('enrolment.firm-detected', { detectedOn: '2010-05-01' }),
    ...(isEnrolled ? [event('enrolment.firm-enrolled', { enrolledOn: '2010-06-01' })] : []),
    ...(isCompleted ? [event('enrolment.firm-completed', { completedOn: COMPLETED })] : []),
    ...drawn.map((wave) =>
      event('evaluation.survey-sampled', {
        wave,
        sample: `quart-${wave}`,
        sampledOn: wave === 'BEFORE' ? '2010-07-01' : '2012-03-01',
      }),
    ),
    ...answered('BEFORE', '2010-08-01', before, more.before),
    ...answered('AFTER', '2012-04-01', after, more.after),
  ];
}

/** A firm as estimates read it, all the way from its events. */
export function saidBy(firm: SurveyedFirm): FirmSaid {
  const keepers = new Set([detected, accompanied, enrolled, ...ESTIMATES].flatMap(({ keeps }) => keeps));
  const documents = new Documents();
  for (const one of eventsOf(firm)) for (const keeper of keepers) documents.apply(keeper.changesOf(one));
  const [kept] = documents.of<FirmDocument>('firms');
  if (!kept) throw new Error('no firm is kept');
  const { enrolledOn, completedOn } = kept;
  const dates = { ...(enrolledOn ? { enrolledOn } : {}), ...(completedOn ? { completedOn } : {}) };
  const data = firmData(kept, { dates, targetHeadcount: 100, isWhole: () => true });
  const facts = [...(enrolled.facts?.(data) ?? []), ...(accompanied.facts?.(data) ?? []), ...surveyedFacts(data)];
  const said = new Map<string, OnDay[]>();
  for (const [measure, day, amount] of facts) said.set(measure, [...(said.get(measure) ?? []), [day, amount]]);
  return {
    id: firm.siret,
    firm: Number(firm.siret),
    isIn: true,
    place: { basin: [firm.basin ?? 'artois'], size: [firm.size ?? '10-49'] },
    said,
  };
}

/** Estimates of these firms, in a programme of these basins. */
export function surveyAsked(firms: readonly SurveyedFirm[], documents: object = {}): EstimateAsked {
  const basins = [...new Set(firms.map(({ basin = 'artois' }) => basin))].sort();
  return {
    firms: firms.map(saidBy),
    documents: {
      programme: { _id: 'p', basins, basinNames: { artois: 'Artois-Ternois' } },
      questionnaires: [],
      samples: [],
      verbatims: NO_VERBATIMS,
      ...documents,
    } as never,
  };
}

/** So many firms alike, each under a number of its own. */
export const firmsAlike = (from: number, count: number, of: Omit<SurveyedFirm, 'siret'>): SurveyedFirm[] =>
  Array.from({ length: count }, (_, i) => ({ siret: String(from + i).padStart(14, '0'), ...of }));
