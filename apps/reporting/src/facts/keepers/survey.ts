import { firmChange } from '../change.js';
import { keeper } from '../keeper.js';

/** Answers of firms, wave by wave, whole or in part. */
export const answers = keeper('answers', {
  'fr.gpect.evaluation.survey-partly-answered.v1': ({ data }) => [
    firmChange(data, { [`partlyAnswered.${data.wave}`]: { on: data.answeredOn, answers: data.answers } }),
  ],
  'fr.gpect.evaluation.survey-answered.v1': ({ data }) => [
    firmChange(data, {
      [`answers.${data.wave}`]: { on: data.answeredOn, answers: data.answers },
      ...(data.trends ? { trends: data.trends } : {}),
    }),
  ],
});
