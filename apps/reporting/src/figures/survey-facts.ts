import { later } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import type { FirmDocument } from '../facts/documents.js';
import type { Fact } from '../facts/fact.js';
import type { Sum } from './figure.js';

/** An answer of 4 or 5 is a yes; of 1 or 2, a no. */
const YES = 4;
const NO = 2;

/**
 * What a firm that answered both waves says of a change, question by question, wholly or in part; the others say nothing
 * about one. `gained` and `lost` are the firms whose answer changed: a paired interval is made from them, and they are told
 * to nobody by themselves.
 */
export function surveyFacts({
  answers,
  partlyAnswered,
  trends,
}: Pick<FirmDocument, 'answers' | 'partlyAnswered' | 'trends'>): Fact[] {
  const [first, second] = [answers?.BEFORE ?? partlyAnswered?.BEFORE, answers?.AFTER ?? partlyAnswered?.AFTER];
  if (!first || !second) return [];
  const day = later(first.on, second.on);
  const facts: Fact[] = [['survey', day, 1]];
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
  const [little, policy] = [first.answers['training_priority'], first.answers['training_policy_exists']];
  if (little !== undefined && policy !== undefined && little <= NO && policy <= NO)
    facts.push(['survey:noTrainingBefore', day, 1]);
  if ((second.answers['training_priority'] ?? 0) >= YES) facts.push(['survey:trainingPriorityAfter', day, 1]);
  return facts;
}

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
  { total: 'survey', parts: ['survey:trainingPriorityAfter'] },
];
