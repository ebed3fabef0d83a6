import { labelOf } from '../exports/labels.js';
import { CONFIDENCE, type EstimateAsked, type Estimated, type EstimatedPart } from '../statistics/estimate.js';
import { type WeightedChange, weightedChange, type YesBoth } from './changes.js';
import { LITTLE_RECOURSE } from './facts.js';
import { NO_DRAW, NOBODY_ANSWERED } from './no-draw.js';
import { drawnForOf } from './post-strata.js';
import { behindOf, drawnInEachOf, type Surveyed, surveyedOf } from './surveyed.js';
import { WAVES, type Wave } from './waves.js';

/** Who of the accompanied is judged by: those drawn who answered; where nobody was drawn, all who answered. */
function judged(asked: EstimateAsked) {
  const all = surveyedOf(asked.firms);
  const accompanied = all.filter(({ isAccompanied }) => isAccompanied);
  return { all, accompanied, ...speakersOf(all, accompanied) };
}

/** Who speaks for the accompanied, and for how many of its cell. */
export interface Speakers {
  /** Undefined where nobody was drawn. */
  readonly isDrawnInEach: ((firm: Surveyed) => boolean) | undefined;
  readonly speaks: (firm: Surveyed) => boolean;
  readonly drawnFor: (firm: Surveyed) => number;
}

/** @param waves in which it has to have been drawn, where anybody was: both, of what compares them */
export function speakersOf(
  all: readonly Surveyed[],
  accompanied: readonly Surveyed[],
  waves: readonly Wave[] = WAVES,
): Speakers {
  const isDrawnInEach = drawnInEachOf(all, waves);
  if (!isDrawnInEach) return { isDrawnInEach, speaks: () => true, drawnFor: () => 1 };
  return { isDrawnInEach, speaks: isDrawnInEach, drawnFor: drawnForOf(accompanied, isDrawnInEach) };
}

const questionsOf = (firms: readonly Surveyed[]): string[] =>
  [...new Set(firms.flatMap(({ pairs }) => [...pairs.keys()]))].filter((q) => q !== LITTLE_RECOURSE).sort();

/** By question, the shares of yes before and after among all accompanied firms, as those who were drawn and answered say. */
export function effectsOf(asked: EstimateAsked): Estimated {
  const { all, accompanied, isDrawnInEach, ...speakers } = judged(asked);
  const { speaks } = speakers;
  const questions = questionsOf(accompanied);
  const parts = questions.map((question) => ({
    key: question,
    labelFr: labelOf('QUESTIONS', question, 'fr'),
    labelEn: labelOf('QUESTIONS', question, 'en'),
    countedBy: [`survey:asked:${question}`],
    ...changePart(accompanied, question, speakers, questions.length),
  }));
  const answered = accompanied.filter((firm) => firm.pairs.size > 0 && speaks(firm)).length;
  return {
    n: answered,
    groups: [answered, accompanied.length],
    values: {},
    ...(answered < 2 ? { incomplete: NOBODY_ANSWERED } : isDrawnInEach ? {} : { incomplete: NO_DRAW }),
    parts,
    behind: behindOf(all),
  };
}

/** The same of one question alone. */
export function effectOf(asked: EstimateAsked, question: string): Estimated {
  const { all, accompanied, isDrawnInEach, ...speakers } = judged(asked);
  const part = changePart(accompanied, question, speakers, 1);
  return {
    ...part,
    ...(part.n < 2 ? { incomplete: NOBODY_ANSWERED } : isDrawnInEach ? {} : { incomplete: NO_DRAW }),
    behind: behindOf(all),
  };
}

/** How accompanied firms changed, by what those who speak for them said. */
export const pairedChange = (
  accompanied: readonly Surveyed[],
  of: (firm: Surveyed) => YesBoth | undefined,
  { speaks, drawnFor }: Pick<Speakers, 'speaks' | 'drawnFor'>,
  questions = 1,
): WeightedChange | undefined =>
  weightedChange(accompanied, (firm) => (speaks(firm) ? of(firm) : undefined), {
    confidence: CONFIDENCE,
    questions,
    drawnFor,
  });

function changePart(
  accompanied: readonly Surveyed[],
  question: string,
  speakers: Pick<Speakers, 'speaks' | 'drawnFor'>,
  questions: number,
): EstimatedPart {
  const change = pairedChange(accompanied, (firm) => firm.pairs.get(question), speakers, questions);
  if (!change) return { n: 0, values: { before: null, after: null, difference: null, together: null } };
  const { n, groups, before, after, difference, together } = change;
  return { n, groups, values: { before, after, difference, together } };
}

/** Drawn in no wave: one that was in one alone is none, and does not speak for others either. */
const isVolunteer = ({ drawn }: Surveyed): boolean => WAVES.every((wave) => !drawn[wave]);

/** By question, what those said who answered both waves without being drawn: it is of them alone, so it has no interval. */
export function volunteersOf(asked: EstimateAsked): Estimated {
  const { all, accompanied, isDrawnInEach } = judged(asked);
  const volunteers = isDrawnInEach ? accompanied.filter((firm) => firm.pairs.size > 0 && isVolunteer(firm)) : [];
  return {
    n: volunteers.length,
    values: {},
    ...(isDrawnInEach ? {} : { incomplete: NO_DRAW }),
    parts: questionsOf(volunteers).map((question) => {
      const said = volunteers.flatMap(({ pairs }) => pairs.get(question) ?? []);
      const yes = (is: 'before' | 'after') => said.filter((pair) => pair[is]).length;
      const [before, after, n] = [yes('before'), yes('after'), said.length];
      const share = (value: number) => ({ value, ofOneFirm: 1 / n });
      return {
        key: question,
        labelFr: labelOf('QUESTIONS', question, 'fr'),
        labelEn: labelOf('QUESTIONS', question, 'en'),
        countedBy: [`survey:asked:${question}`],
        n,
        groups: [n, before, after, n - before, n - after],
        values: { before: share(before / n), after: share(after / n), difference: share((after - before) / n) },
      };
    }),
    behind: behindOf(all),
  };
}
