import { later } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import type { FirmAnswers, FirmDocument } from '../facts/documents.js';
import type { Fact } from '../facts/fact.js';
import type { Sum } from './figure.js';

/** An answer of 4 or 5 is a yes; of 1 or 2, a no. */
export const YES = 4;
const NO = 2;

/** What counts of a wave: all of it, or what is there. */
export const answersOf = (
  { answers, partlyAnswered }: Pick<FirmDocument, 'answers' | 'partlyAnswered'>,
  wave: 'BEFORE' | 'AFTER',
): FirmAnswers | undefined => answers?.[wave] ?? partlyAnswered?.[wave];

/** Whether a firm makes little recourse to training and has no policy of it; undefined where it did not answer both questions. */
export function isRecourseLittle(answers: FirmAnswers['answers']): boolean | undefined {
  const [priority, policy] = [answers['training_priority'], answers['training_policy_exists']];
  return priority === undefined || policy === undefined ? undefined : priority <= NO && policy <= NO;
}

/**
 * What a firm that answered both waves says of a change, question by question, wholly or in part; the others say nothing
 * about one. `gained` and `lost` are the firms whose answer changed: a paired interval is made from them, and they are told
 * to nobody by themselves.
 */
export function surveyFacts(firm: Pick<FirmDocument, 'answers' | 'partlyAnswered' | 'trends' | 'drawn'>): Fact[] {
  const { trends, drawn } = firm;
  const [first, second] = [answersOf(firm, 'BEFORE'), answersOf(firm, 'AFTER')];
  if (!first || !second) return [];
  const day = later(first.on, second.on);
  const facts: Fact[] = [['survey', day, 1]];
  const [drawnOn] = drawnDays({ drawn });
  facts.push(drawnOn ? ['survey:drawnAtLeastOnce', later(day, drawnOn), 1] : ['survey:volunteers', day, 1]);
  for (const [question, before] of Object.entries(first.answers)) {
    const after = own(second.answers, question);
    if (after === undefined) continue;
    facts.push([`survey:asked:${question}`, day, 1]);
    if (before >= YES) facts.push([`survey:before:${question}`, day, 1]);
    if (after >= YES) facts.push([`survey:after:${question}`, day, 1]);
    if (before < YES && after >= YES) facts.push([`~survey:gained:${question}`, day, 1]);
    if (before >= YES && after < YES) facts.push([`~survey:lost:${question}`, day, 1]);
  }
  for (const [name, trend] of Object.entries(trends ?? {})) facts.push([`survey:trend:${name}:${trend}`, day, 1]);
  const [little, then] = [isRecourseLittle(first.answers), isRecourseLittle(second.answers)];
  if (little) facts.push(['survey:noTrainingBefore', day, 1]);
  if (then) facts.push(['survey:noTrainingAfter', day, 1]);
  if ((second.answers['training_priority'] ?? 0) >= YES) facts.push(['survey:trainingPriorityAfter', day, 1]);
  return facts;
}

/** The days on which a firm was drawn into samples, of either wave, in their order. */
export const drawnDays = ({ drawn = {} }: { readonly drawn?: FirmDocument['drawn'] | undefined }): string[] =>
  Object.values(drawn)
    .flatMap((bySample) => Object.values(bySample))
    .sort();

/** What holds among these in every cell; `?` stands for each question that was asked. */
export const SURVEY_SUMS: readonly Sum[] = [
  { total: 'survey', parts: ['survey:asked:?'] },
  { total: 'survey:asked:?', parts: ['survey:before:?'] },
  { total: 'survey:asked:?', parts: ['survey:after:?'] },
  { total: 'survey:before:?', parts: ['~survey:lost:?'] },
  { total: 'survey:after:?', parts: ['~survey:gained:?'] },
  { total: 'survey:asked:?', parts: ['survey:before:?', '~survey:gained:?'] },
  { total: 'survey', parts: ['survey:trend:?:UP', 'survey:trend:?:STABLE', 'survey:trend:?:DOWN'] },
  { total: 'survey', parts: ['survey:noTrainingBefore'] },
  { total: 'survey', parts: ['survey:noTrainingAfter'] },
  // A firm that has a priority of training does not make little recourse to it.
  { total: 'survey', parts: ['survey:noTrainingAfter', 'survey:trainingPriorityAfter'] },
  { total: 'survey', parts: ['survey:drawnAtLeastOnce', 'survey:volunteers'] },
  { total: 'surveyDrawn', parts: ['survey:drawnAtLeastOnce'] },
  { total: 'survey', parts: ['survey:trainingPriorityAfter'] },
];
