import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, Decision } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture } from '@gpect/service-kit/aggregate/refusals';

type Requested = EventDataByType['fr.gpect.evaluation.survey-requested.v1'];
type Answered = EventDataByType['fr.gpect.evaluation.survey-answered.v1'];
export type Wave = Values['Wave'];
export type Answers = Pick<Answered, 'answeredOn' | 'answers' | 'trends'>;

export interface Survey {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly waves: Readonly<Partial<Record<Wave, { readonly requestedOn: CalendarDate; readonly answer?: Answers }>>>;
}

export type SurveyCommand =
  | { readonly kind: 'request'; readonly request: Requested }
  | { readonly kind: 'answer'; readonly wave: Wave; readonly answer: Answers; readonly today: CalendarDate };

/** The questions that the sample programme asks: version 1. */
export const QUESTIONNAIRE = 1;

/** What one firm was asked, before and after its accompaniment, and what it answered. */
export const survey: Aggregate<Survey | null, SurveyCommand> = {
  collection: 'surveys',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'request')
      return state?.waves[command.request.wave]
        ? ok([])
        : ok([{ type: 'fr.gpect.evaluation.survey-requested.v1', data: command.request }]);
    return answer(command, state);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.evaluation.survey-requested.v1': {
        const { programme, action, basin, siret, wave, requestedOn } = event.data;
        return { programme, action, basin, siret, waves: { ...state?.waves, [wave]: { requestedOn } } };
      }
      case 'fr.gpect.evaluation.survey-answered.v1': {
        const { wave, answeredOn, answers, trends } = event.data;
        const asked = state?.waves[wave];
        if (!state || !asked) return state;
        return {
          ...state,
          waves: {
            ...state.waves,
            [wave]: { ...asked, answer: { answeredOn, answers, ...(trends ? { trends } : {}) } },
          },
        };
      }
      default:
        return state;
    }
  },
};

function answer({ wave, answer: given, today }: SurveyCommand & { kind: 'answer' }, state: Survey | null): Decision {
  const asked = state?.waves[wave];
  if (!state || !asked) {
    const event = wave === 'BEFORE' ? 'enrolled' : 'completed';
    return fail({
      code: 'survey_not_requested',
      kind: 'unknown',
      field: 'siret',
      detail: `this firm was not asked in the ${wave} wave: it is not ${event}, or that has not arrived yet; send it again once it is`,
    });
  }
  if (asked.answer) {
    if (isDeepStrictEqual(asked.answer, given)) return ok([]);
    return fail({
      code: 'answer_differs',
      kind: 'transition',
      field: 'siret',
      state: 'ANSWERED',
      allowed: [],
      detail: `the firm answered this wave on ${asked.answer.answeredOn} otherwise`,
    });
  }
  if (given.answeredOn > today)
    return fail(inFuture('answeredOn', given.answeredOn, 'give the day on which the firm answered'));
  if (wave === 'BEFORE' && given.trends) {
    return fail({
      code: 'trends_before',
      kind: 'rule',
      field: 'trends',
      detail: 'economic trends are asked in the AFTER wave alone',
    });
  }
  const { programme, action, basin, siret } = state;
  return ok([
    {
      type: 'fr.gpect.evaluation.survey-answered.v1',
      data: { programme, action, basin, siret, wave, questionnaire: QUESTIONNAIRE, ...given },
    },
  ]);
}
