import { choiceMark } from '../facts/choice-mark.js';
import type { QuestionnaireDocument } from '../facts/documents.js';
import { CONFIDENCE, type EstimateAsked, type Estimated, type EstimatedPart } from '../statistics/estimate.js';
import { studentT } from '../statistics/student.js';
import { pairedChange, type Speakers, speakersOf } from './effects.js';
import { THOUSANDTHS } from './facts.js';
import { NO_DRAW } from './no-draw.js';
import { effectiveSize, postStrata, weightedMean, weightedMedianValue } from './post-strata.js';
import { weightedShare } from './shares.js';
import { behindOf, type Surveyed, surveyedOf } from './surveyed.js';
import { WAVES, type Wave } from './waves.js';

type Question = QuestionnaireDocument['questions'][number];
type Cut = NonNullable<Estimated['parts']>[number];

const YES = 4 * THOUSANDTHS;
const WAVE_NAMES: Readonly<Record<Wave, readonly [fr: string, en: string]>> = {
  BEFORE: ['avant', 'before'],
  AFTER: ['après', 'after'],
};

/**
 * By question that a programme added and by wave, what all accompanied firms would say: of a score the share of yes, of a choice
 * the share of each, of a number the mean and the median; of a score that is asked twice the difference, too. A question of
 * text is no figure: what may be told of it is a verbatim.
 */
export function addedOf({ firms, documents, asOf }: EstimateAsked): Estimated {
  const all = surveyedOf(firms);
  const accompanied = all.filter((firm) => firm.isAccompanied);
  const ofWave = new Map(WAVES.map((wave) => [wave, speakersOf(all, accompanied, [wave])]));
  const both = speakersOf(all, accompanied);
  const parts = questionsOf(documents.questionnaires ?? [], asOf).flatMap((question) => {
    const answerOf = (wave: Wave) => (firm: Surveyed) => firm.added.get(`${wave}:${question.question}`);
    const cuts = [
      ...WAVES.filter((wave) => question.waves.includes(wave)).flatMap((wave) =>
        cutsOf(question, wave, accompanied, answerOf(wave), ofWave.get(wave) ?? both),
      ),
      ...changeOf(question, accompanied, answerOf('BEFORE'), answerOf('AFTER'), both),
    ];
    // The last choice is what the others leave: where one is of few, none is told, nor is the other wave.
    const groups = [...new Set(cuts.flatMap((cut) => cut.groups ?? [cut.n]))];
    return cuts.map((cut) => ({ ...cut, groups }));
  });
  const answered = accompanied.filter(({ added }) => added.size > 0).length;
  return {
    n: answered,
    values: {},
    ...(both.isDrawnInEach || parts.length === 0 ? {} : { incomplete: NO_DRAW }),
    parts,
    behind: behindOf(all),
  };
}

/** Each once, as it was last published. */
function questionsOf(versions: readonly QuestionnaireDocument[], asOf: string | undefined): Question[] {
  const published = versions.filter(({ appliesFrom }) => !asOf || appliesFrom <= asOf);
  const byName = new Map(published.flatMap(({ questions }) => questions.map((q) => [q.question, q] as const)));
  return [...byName.values()].filter(({ kind }) => kind !== 'TEXT');
}

type AnswerOf = (firm: Surveyed) => number | undefined;

function cutsOf(
  question: Question,
  wave: Wave,
  accompanied: readonly Surveyed[],
  answered: AnswerOf,
  { speaks, drawnFor }: Speakers,
): Cut[] {
  const answer: AnswerOf = (firm) => (speaks(firm) ? answered(firm) : undefined);
  const cut = (key: string, of: readonly [fr: string, en: string], part: EstimatedPart): Cut => ({
    key: [question.question, wave, key].filter(Boolean).join(':'),
    labelFr: `${question.label} (${[WAVE_NAMES[wave][0], of[0]].filter(Boolean).join(', ')})`,
    labelEn: `${question.english ?? question.label} (${[WAVE_NAMES[wave][1], of[1]].filter(Boolean).join(', ')})`,
    ...part,
  });
  const share = (is: (said: number) => boolean): EstimatedPart => {
    const made = weightedShare(
      accompanied,
      (firm) => {
        const said = answer(firm);
        return said === undefined ? undefined : is(said);
      },
      { confidence: CONFIDENCE, drawnFor },
    );
    return made ? { n: made.n, groups: made.groups, values: { share: made.share } } : NOTHING;
  };
  switch (question.kind) {
    case 'SCORE':
      return [
        cut(
          '',
          ['oui', 'yes'],
          share((said) => said >= YES),
        ),
      ];
    case 'CHOICE':
      return (question.choices ?? []).map((choice, i) => {
        const mark = choiceMark(choice);
        return cut(
          String(i + 1),
          [choice, choice],
          share((said) => said === mark),
        );
      });
    case 'NUMBER':
      return [cut('', ['', ''], numberPart(accompanied, answer, drawnFor))];
    default:
      return [];
  }
}

const NOTHING: EstimatedPart = { n: 0, groups: [1], values: {} };

function numberPart(accompanied: readonly Surveyed[], answer: AnswerOf, drawnFor: Speakers['drawnFor']): EstimatedPart {
  const strata = postStrata(accompanied, (firm) => answer(firm) !== undefined, drawnFor);
  if (strata.length === 0) return NOTHING;
  const said = (firm: Surveyed) => (answer(firm) ?? 0) / THOUSANDTHS;
  const weighed = strata.flatMap(({ respondents }) => respondents);
  const mean = weightedMean(strata, said);
  const n = weighed.length;
  const variance = (weightedMean(strata, (firm) => (said(firm) - mean) ** 2) * n) / (n - 1);
  const half = studentT(CONFIDENCE, n - 1) * Math.sqrt(variance / effectiveSize(strata, said));
  const parts = weighed.map(({ firm, weight }) => weight * Math.abs(said(firm)));
  const all = parts.reduce((sum, part) => sum + part, 0);
  const largest = Math.max(...parts);
  const largestShare = all === 0 ? 0 : largest / all;
  const population = strata.reduce((sum, { firms }) => sum + firms, 0);
  return {
    n,
    groups: [n],
    values: {
      mean: { value: mean, low: mean - half, high: mean + half, ofOneFirm: largest / population, largestShare },
      median: { ...weightedMedianValue(strata, said, CONFIDENCE), largestShare },
    },
  };
}

function changeOf(
  question: Question,
  accompanied: readonly Surveyed[],
  before: AnswerOf,
  after: AnswerOf,
  speakers: Speakers,
): Cut[] {
  if (question.kind !== 'SCORE' || question.waves.length < WAVES.length) return [];
  const change = pairedChange(
    accompanied,
    (firm) => {
      const [first, then] = [before(firm), after(firm)];
      return first === undefined || then === undefined ? undefined : { before: first >= YES, after: then >= YES };
    },
    speakers,
  );
  if (!change) return [];
  const { n, groups, difference } = change;
  return [
    {
      key: `${question.question}:difference`,
      labelFr: `${question.label} (écart)`,
      labelEn: `${question.english ?? question.label} (difference)`,
      n,
      groups,
      values: { difference },
    },
  ];
}
