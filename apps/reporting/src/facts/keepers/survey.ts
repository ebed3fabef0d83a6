import { inProgramme } from '@gpect/domain-values/identifiers';
import { firmChange } from '../change.js';
import { choiceMark } from '../choice-mark.js';
import type { AddedAnswers } from '../documents.js';
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

/** Answers to the questions that versions of the questionnaire add: numbers as they are, of texts a mark alone. */
export const addedAnswers = keeper('added-answers', {
  'fr.gpect.evaluation.survey-partly-answered.v1': ({ data }) =>
    data.more
      ? [firmChange(data, { [`added.${data.wave}`]: { on: data.answeredOn, answers: markedAnswers(data.more) } })]
      : [],
  'fr.gpect.evaluation.survey-answered.v1': ({ data }) =>
    data.more
      ? [firmChange(data, { [`added.${data.wave}`]: { on: data.answeredOn, answers: markedAnswers(data.more) } })]
      : [],
});

function markedAnswers(more: Readonly<Record<string, string | number>>): AddedAnswers['answers'] {
  return Object.fromEntries(
    Object.entries(more).map(([question, said]) => [
      question,
      typeof said === 'number' ? { number: said } : { mark: choiceMark(said) },
    ]),
  );
}

/** What a version of the questionnaire asks beside the questions of the first. */
export const questionnaires = keeper('questionnaires', {
  'fr.gpect.evaluation.questionnaire-published.v1': ({ data: { programme, version, appliesFrom, questions } }) => [
    {
      collection: 'questionnaires',
      id: inProgramme(programme, String(version)),
      set: { programme, version, appliesFrom, questions },
    },
  ],
});

/** Which firms were drawn, into which samples. */
export const draws = keeper('draws', {
  'fr.gpect.evaluation.survey-sampled.v1': ({ data }) => [
    firmChange(data, { [`drawn.${data.wave}.${data.sample}`]: data.sampledOn }),
  ],
});

/** How samples were drawn. */
export const samples = keeper('samples', {
  'fr.gpect.evaluation.survey-sample-drawn.v1': ({ data }) => [
    {
      collection: 'samples',
      id: inProgramme(data.programme, data.sample),
      set: {
        programme: data.programme,
        sample: data.sample,
        wave: data.wave,
        method: data.method,
        ...(data.fraction === undefined ? {} : { fraction: data.fraction }),
        ...(data.panelOf === undefined ? {} : { panelOf: data.panelOf }),
        algorithm: data.algorithm,
        frameOn: data.frameOn,
        frame: data.frame,
        drawn: data.drawn,
        drawnOn: data.drawnOn,
      },
    },
  ],
});

/** What firms said in their words, as far as they agree that it is published: other words are not kept here. */
export const verbatims = keeper('verbatims', {
  'fr.gpect.evaluation.survey-verbatim-recorded.v1': ({ data }) => [
    {
      collection: 'verbatims',
      id: inProgramme(data.programme, data.siret, data.verbatim),
      set: {
        programme: data.programme,
        siret: data.siret,
        theme: data.theme,
        saidOn: data.saidOn,
        consentedOn: data.consentedOn,
        by: data.by ?? null,
        text: data.consented ? data.text : null,
      },
    },
  ],
});
