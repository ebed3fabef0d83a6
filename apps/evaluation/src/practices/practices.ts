import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { firstTwice, inFuture, namedTwice, saidOtherwise } from '@gpect/service-kit/aggregate/refusals';

export type PracticeSurvey = Omit<
  EventDataByType['fr.gpect.evaluation.training-practices-surveyed.v1'],
  'programme' | 'funder'
>;

export interface SurveyPractices {
  readonly kind: 'survey-practices';
  readonly programme: string;
  readonly funder: string;
  readonly surveyed: PracticeSurvey;
  readonly today: CalendarDate;
}

export const practicesId = (programme: string, funder: string) => inProgramme(programme, 'practices', funder);

/** What an OPCA sees of the training practices of the firms that it funds. Source: bilan 2007-2013, section 4. */
export const practices: Aggregate<'evaluation/practice survey', readonly PracticeSurvey[], SurveyPractices> = {
  collection: 'practice_surveys',
  initial: [],
  decide: ({ programme, funder, surveyed, today }, state) => {
    const known = state.find((s) => s.survey === surveyed.survey);
    if (known && isDeepStrictEqual({ ...known }, { ...surveyed })) return ok([]);
    if (known)
      return fail(saidOtherwise('survey', surveyed.survey, { state: 'SURVEYED', allowed: ['survey-practices'] }));
    const { surveyedOn, firmsSeen } = surveyed;
    if (surveyedOn > today) return fail(inFuture('surveyedOn', surveyedOn, 'give the day of the answer'));
    const all = [...surveyed.practices, ...(surveyed.otherPractices ?? [])];
    const twice = firstTwice(all.map((p) => p.practice));
    if (twice) return fail(namedTwice('practices', twice));
    const tooMany = all.find((p) => p.firms > firmsSeen);
    if (tooMany)
      return fail({
        code: 'firms_unseen',
        kind: 'rule',
        field: 'practices',
        value: tooMany.practice,
        detail: `${tooMany.practice}: ${tooMany.firms} firms, and ${firmsSeen} were seen; give at most these`,
      });
    return ok([
      { type: 'fr.gpect.evaluation.training-practices-surveyed.v1', data: { programme, funder, ...surveyed } },
    ]);
  },
  evolve: (state, event) => {
    const { programme: _programme, funder: _funder, ...surveyed } = event.data;
    return [...state, surveyed];
  },
};
