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
type Said = components['schemas']['VerbatimList']['verbatims'][number];
const PAGE = 500;

/** The answers of a wave and what firms said in their words, for those who evaluate the programme. */
export function answerRoutes({ connection }: ServiceContext) {
  /** What each survey of a page says, in the order of respondents' names: that of SIRETs would say something of who they are. */
  async function listed<T extends { readonly respondent: string }>(
    programme: string,
    page: number,
    rowsOf: (survey: Survey, respondent: string) => T[],
  ): Promise<{ readonly rows: T[]; readonly next: number | null }> {
    const prefix = inProgramme(programme, '');
    const found = await stateModel(connection, survey.collection)
      .find({ _id: { $gte: prefix, $lt: `${prefix}\uffff` } })
      .sort({ _id: 1 })
      .skip((page - 1) * PAGE)
      .limit(PAGE + 1)
      .lean();
    const nameOf = await respondentNames(connection);
    // The collection of surveys holds surveys.
    const rows = found.slice(0, PAGE).flatMap(({ _id, state }) => rowsOf(state as Survey, nameOf(_id)));
    rows.sort((a, b) => a.respondent.localeCompare(b.respondent));
    return { rows, next: found.length > PAGE ? page + 1 : null };
  }

  return {
    'GET /answers': async ({ query: { programme, wave, page = 1 }, request }, response) => {
      const { caller } = grantOf(request);
      const { rows, next } = await listed(programme, page, (of, name) => rowOf(of, wave, name, caller));
      const shown: components['schemas']['AnswerList'] = { answers: rows, next };
      response.json(shown);
    },
    'GET /verbatims': async ({ query: { programme, page = 1 }, request }, response) => {
      const { caller } = grantOf(request);
      const { rows, next } = await listed(programme, page, (of, name) => verbatimsOf(of, name, caller));
      const shown: components['schemas']['VerbatimList'] = { verbatims: rows, next };
      response.json(shown);
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}

function verbatimsOf(state: Survey, respondent: string, caller: Caller): Said[] {
  return (state.verbatims ?? []).map(({ consentedOn: _on, ...said }) => ({
    respondent,
    ...(seesNames(caller, state) ? { siret: state.siret } : {}),
    ...said,
  }));
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
