import { later } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import type { Fact } from '../facts/fact.js';
import type { FirmData } from '../facts/firm-data.js';
import { answersOf, isRecourseLittle, YES } from '../figures/survey-facts.js';
import { WAVES } from './waves.js';

/** Whether a firm makes little recourse to training and has no policy of it: no question asks it, it follows from two. */
export const LITTLE_RECOURSE = 'little_recourse';

/** So many thousandths of a number that was answered: facts are whole numbers. */
export const THOUSANDTHS = 1000;

/** What one firm says for the estimates of the survey: read by `surveyedOf`, counted by no figure. */
export function surveyedFacts({ firm }: Pick<FirmData, 'firm'>): Fact[] {
  const facts: Fact[] = [];
  for (const wave of WAVES) {
    const [drawnOn] = Object.values(firm.drawn?.[wave] ?? {}).sort();
    if (drawnOn) facts.push([`=drawn:${wave}`, drawnOn, 1]);
    const answered = answersOf(firm, wave);
    if (answered) facts.push([`=answered:${wave}`, answered.on, 1]);
    const added = firm.added?.[wave];
    for (const [question, said] of Object.entries(added?.answers ?? {})) {
      const day = added?.on ?? '';
      facts.push([`=added:${wave}:${question}`, day, 1]);
      if ('number' in said) facts.push([`=number:${wave}:${question}`, day, Math.round(said.number * THOUSANDTHS)]);
      else facts.push([`=mark:${wave}:${question}`, day, said.mark]);
    }
  }
  const [before, after] = [answersOf(firm, 'BEFORE'), answersOf(firm, 'AFTER')];
  if (!before || !after) return facts;
  const day = later(before.on, after.on);
  for (const [question, said] of Object.entries(before.answers)) {
    const then = own(after.answers, question);
    if (then !== undefined) facts.push([`=pair:${question}`, day, pairOf(said >= YES, then >= YES)]);
  }
  const [little, then] = [isRecourseLittle(before.answers), isRecourseLittle(after.answers)];
  if (little !== undefined && then !== undefined) facts.push([`=pair:${LITTLE_RECOURSE}`, day, pairOf(little, then)]);
  return facts;
}

/** 1 to 4: a fact of nothing is none. */
const pairOf = (before: boolean, after: boolean): number => 1 + (before ? 2 : 0) + (after ? 1 : 0);
