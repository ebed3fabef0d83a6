import { dictionary } from '@gpect/domain-values/records';
import { choiceMark } from '../facts/choice-mark.js';
import type { SampleDocument } from '../facts/documents.js';
import type { Documents } from '../programmes/documents.js';
import { NO_VERBATIMS, type Verbatims } from '../programmes/verbatims.js';
import type { ToldCell } from '../secrecy/told.js';
import { CONFIDENCE } from '../statistics/estimate.js';
import { normalQuantile } from '../statistics/normal.js';
import { pairedDifference } from '../statistics/paired-interval.js';
import { NOT_PAIRED_EN, NOT_PAIRED_FR } from '../survey/words.js';
import type { Bilan } from './shape.js';

type Survey = Bilan['survey'];
type Trend = 'UP' | 'STABLE' | 'DOWN';

interface SurveyAsked {
  /** False where counts are rounded: differences are made of counts as they are. */
  readonly hasEffects: boolean;
  /** Whether what is not told is masked: of a release, and where answers are counted at all. */
  readonly isMasked: boolean;
  /** Of the whole programme; of a part nothing is told of what is said beside figures. */
  readonly documents: Pick<Documents, 'samples' | 'verbatims'> | undefined;
  readonly asOf?: string | undefined;
}

/** What firms that answered both waves say. Where one number of a question is masked, its shares are. */
export function surveyOf(total: ToldCell, { hasEffects, isMasked, documents, asOf }: SurveyAsked): Survey {
  const of = (part: string) => total.value(`survey:${part}`);
  const firms = total.value('survey');
  const questions = total.parts('survey:asked').map(([question]) => question);
  const trends = dictionary<Record<Trend, number | null>>();
  for (const [part, count] of total.parts('survey:trend')) {
    const [name = '', trend = ''] = part.split(':');
    trends[name] ??= { UP: 0, STABLE: 0, DOWN: 0 };
    trends[name][trend as Trend] = count;
  }
  return {
    firms,
    ...(firms === null && isMasked ? { masked: true } : {}),
    yes: Object.fromEntries(questions.map((q) => [q, { before: of(`before:${q}`), after: of(`after:${q}`) }])),
    effects: hasEffects ? questions.flatMap((question) => effectOf(question, total, questions.length)) : [],
    multiplicity: {
      questions: questions.length,
      fr: 'Intervalle « together » : à 95 % pour toutes les questions à la fois (Bonferroni), quels que soient les liens entre les réponses d’une même entreprise ; une question regardée seule a l’autre.',
      en: 'Interval "together": at 95 % for all questions at once (Bonferroni), whatever ties there are between answers of one firm; a question looked at alone has the other.',
    },
    drawn: total.value('surveyDrawn'),
    drawnAtLeastOnce: of('drawnAtLeastOnce'),
    volunteers: of('volunteers'),
    samples: samplesOf(documents?.samples ?? [], asOf),
    ...verbatimsOf(documents?.verbatims, asOf),
    trends,
    training: {
      recourse: { before: of('noTrainingBefore'), after: of('noTrainingAfter'), of: firms },
      priority: { before: of('before:training_priority'), after: of('after:training_priority'), of: firms },
      notPairedFr: NOT_PAIRED_FR,
      notPairedEn: NOT_PAIRED_EN,
    },
    trainingPriority: {
      littleRecourseAndNoPolicyBefore: of('noTrainingBefore'),
      priorityAfter: of('trainingPriorityAfter'),
      of: firms,
    },
  };
}

function effectOf(question: string, total: ToldCell, questions: number): Survey['effects'] {
  const [n, before, after] = ['asked', 'before', 'after'].map((part) => total.value(`survey:${part}:${question}`));
  const [gained, lost] = ['gained', 'lost'].map((part) => total.value(`~survey:${part}:${question}`));
  if (n === null || n === undefined || before === null || after === null)
    return [{ question, n: n ?? null, before: null, after: null, ...UNTOLD }];
  const madeWith = (z?: number) => pairedDifference(n, before ?? 0, after ?? 0, gained ?? 0, lost ?? 0, z);
  const [made, all] = [madeWith(), madeWith(normalQuantile(1 - (1 - CONFIDENCE) / (2 * questions)))];
  if (!made || !all) return [];
  const hasInterval = gained !== null && lost !== null;
  const { low, high } = hasInterval ? made : UNTOLD;
  const together = hasInterval ? { low: points(all.low), high: points(all.high) } : UNTOLD.together;
  return [
    {
      question,
      ...made,
      low,
      high,
      points: { difference: points(made.difference), low: points(low), high: points(high) },
      together,
    },
  ];
}

const UNTOLD = {
  difference: null,
  low: null,
  high: null,
  points: { difference: null, low: null, high: null },
  together: { low: null, high: null },
};

/** A difference of two shares in points, to a tenth: 0.5167 is 51.7. */
const points = <T extends number | null>(difference: T): T =>
  (difference === null ? null : Math.round(difference * 1000) / 10) as T;

const upTo = (asOf: string | undefined) => (day: string) => !asOf || day <= asOf;

function samplesOf(samples: readonly SampleDocument[], asOf: string | undefined): Survey['samples'] {
  return samples
    .filter(({ drawnOn }) => upTo(asOf)(drawnOn))
    .map(({ sample, wave, method, fraction, panelOf, algorithm, frameOn, frame, drawn, drawnOn }) => ({
      sample,
      wave,
      method,
      ...(fraction === undefined ? {} : { fraction }),
      ...(panelOf === undefined ? {} : { panelOf }),
      algorithm,
      frameOn,
      frame,
      drawn,
      drawnOn,
    }));
}

/** By theme; among one theme in an order that says nothing of whose they are. */
function verbatimsOf(
  { told, withheld }: Verbatims = NO_VERBATIMS,
  asOf: string | undefined,
): Pick<Survey, 'verbatims' | 'verbatimsWithheld'> {
  const known = told.filter(({ saidOn, consentedOn }) => upTo(asOf)(saidOn) && upTo(asOf)(consentedOn));
  const inOrder = [...known].sort((a, b) => a.theme.localeCompare(b.theme) || choiceMark(a._id) - choiceMark(b._id));
  return {
    verbatims: inOrder.map(({ theme, by, text }) => ({ theme, ...(by ? { by } : {}), text })),
    verbatimsWithheld: withheld,
  };
}
