import type { FirmDocument } from '../read-model/documents.js';

/** An answer of 4 or 5 is a yes; of 1 or 2, a no. */
const YES = 4;
const NO = 2;

export interface SurveyResults {
  firms: number;
  readonly yes: Record<string, { before: number; after: number }>;
  readonly trends: Record<string, { UP: number; STABLE: number; DOWN: number }>;
  readonly trainingPriority: { littleRecourseAndNoPolicyBefore: number; priorityAfter: number; of: number };
}

export function noResults(): SurveyResults {
  return {
    firms: 0,
    yes: {},
    trends: {},
    trainingPriority: { littleRecourseAndNoPolicyBefore: 0, priorityAfter: 0, of: 0 },
  };
}

/** Counts a firm that answered both waves; the others say nothing about a change. */
export function addAnswers(results: SurveyResults, { answers, trends }: FirmDocument): void {
  const [before, after] = [answers?.BEFORE, answers?.AFTER];
  if (!before || !after) return;
  results.firms++;
  for (const question of Object.keys(before) as (keyof typeof before)[]) {
    results.yes[question] ??= { before: 0, after: 0 };
    const counted = results.yes[question];
    if (before[question] >= YES) counted.before++;
    if (after[question] >= YES) counted.after++;
  }
  for (const [name, trend] of Object.entries(trends ?? {})) {
    results.trends[name] ??= { UP: 0, STABLE: 0, DOWN: 0 };
    results.trends[name][trend]++;
  }
  const training = results.trainingPriority;
  training.of++;
  if (before.training_priority <= NO && before.training_policy_exists <= NO) training.littleRecourseAndNoPolicyBefore++;
  if (after.training_priority >= YES) training.priorityAfter++;
}
