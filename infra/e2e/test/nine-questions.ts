import { examplesOf } from '@gpect/contracts/event-contracts';

const [whole] = examplesOf('fr.gpect.evaluation.survey-answered.v1') as readonly { answers: Record<string, number> }[];

/** The nine questions that every firm is asked, each answered by the same score: 1 (no) to 5 (yes). */
export const allNine = (score: number): Record<string, number> =>
  Object.fromEntries(Object.keys(whole?.answers ?? {}).map((question) => [question, score]));
