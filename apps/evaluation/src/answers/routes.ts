import type { components } from '@gpect/contracts/generated/api-evaluation';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type { Caller } from '@gpect/service-kit/http/caller';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Wave } from '../questionnaire/questions.js';
import { respondentNames, seesNames } from '../survey/names.js';
import { type Survey, survey } from '../survey/survey.js';

type Row = components['schemas']['AnswerList']['answers'][number];
const PAGE = 500;

/** The answers of a wave, for those who evaluate the programme. */
export function answerRoutes({ connection }: ServiceContext) {
  return {
    'GET /answers': async ({ query: { programme, wave, page = 1 }, request }, response) => {
      const { caller } = grantOf(request);
      const prefix = inProgramme(programme, '');
      const found = await stateModel(connection, survey.collection)
        .find({ _id: { $gte: prefix, $lt: `${prefix}\uffff` } })
        .sort({ _id: 1 })
        .skip((page - 1) * PAGE)
        .limit(PAGE + 1)
        .lean();
      const nameOf = await respondentNames(connection);
      // The collection of surveys holds surveys.
      const rows = found.slice(0, PAGE).flatMap(({ _id, state }) => rowOf(state as Survey, wave, nameOf(_id), caller));
      // In the order of their names: that of SIRETs would say something of who they are.
      rows.sort((a, b) => a.respondent.localeCompare(b.respondent));
      const shown: components['schemas']['AnswerList'] = { answers: rows, next: found.length > PAGE ? page + 1 : null };
      response.json(shown);
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}

function rowOf(state: Survey, wave: Wave, respondent: string, caller: Caller): Row[] {
  const asked = state.waves[wave];
  const said = asked?.answer ?? asked?.partly;
  if (!asked || !said) return [];
  const { answeredOn, answers = {}, trends, more, mode } = said;
  return [
    {
      respondent,
      ...(seesNames(caller, state) ? { siret: state.siret } : {}),
      basin: state.basin,
      answeredOn,
      complete: asked.answer !== undefined,
      answers: { ...answers },
      ...(trends ? { trends: { ...trends } } : {}),
      ...(more ? { more: { ...more } } : {}),
      ...(mode ? { mode } : {}),
    },
  ];
}
