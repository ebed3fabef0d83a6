import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Assessed = EventDataByType['fr.gpect.evaluation.cooperation-assessed.v1'];
type Moment = Assessed['moment'];
export type Assessment = Omit<Assessed, 'programme' | 'action' | 'moment'>;

export interface Cooperation {
  readonly programme: string;
  readonly action: string;
  readonly moments: Readonly<Partial<Record<Moment, Assessment>>>;
}

export interface AssessCooperation {
  readonly kind: 'assess';
  readonly programme: string;
  readonly action: string;
  readonly moment: Moment;
  readonly assessment: Assessment;
  readonly today: CalendarDate;
}

/** How much the actors of a territory work together, at the start of an action and at its end. Source: bilan 2007-2013, section 5. */
export const cooperation: Aggregate<'evaluation/cooperation', Cooperation | null, AssessCooperation> = {
  collection: 'cooperations',
  initial: null,
  decide: ({ programme, action, moment, assessment, today }, state) => {
    const known = state?.moments[moment];
    if (known && isDeepStrictEqual({ ...known }, { ...assessment })) return ok([]);
    if (known)
      return fail({
        code: 'assessment_differs',
        kind: 'transition',
        field: 'moment',
        state: 'ASSESSED',
        allowed: [],
        detail: `the ${moment} was assessed on ${known.assessedOn} by ${known.by} otherwise`,
      });
    const { assessedOn, links } = assessment;
    if (assessedOn > today) return fail(inFuture('assessedOn', assessedOn, 'give the day on which it was judged'));
    const { START: start, END: end } = state?.moments ?? {};
    if (moment === 'END' && start && assessedOn < start.assessedOn)
      return fail(tooEarly('assessedOn', assessedOn, `the assessment of the start, on ${start.assessedOn}`));
    if (moment === 'START' && end && assessedOn > end.assessedOn)
      return fail({
        code: 'date_too_late',
        kind: 'rule',
        field: 'assessedOn',
        value: assessedOn,
        detail: `${assessedOn} is after the assessment of the end, on ${end.assessedOn}`,
      });
    const alone = links.find((link) => link.from === link.to);
    if (alone)
      return fail({
        code: 'actor_alone',
        kind: 'rule',
        field: 'links',
        value: alone.from,
        detail: `${alone.from} does not cooperate with itself; name two actors`,
      });
    const pairs = links.map(({ from, to }) => [from, to].sort().join(' '));
    const twice = pairs.find((pair, i) => pairs.indexOf(pair) !== i);
    if (twice)
      return fail({
        code: 'pair_twice',
        kind: 'rule',
        field: 'links',
        value: twice,
        detail: `${twice}: the pair is judged twice, in one order or the other; judge it once`,
      });
    return ok([
      { type: 'fr.gpect.evaluation.cooperation-assessed.v1', data: { programme, action, moment, ...assessment } },
    ]);
  },
  evolve: (state, event) => {
    const { programme, action, moment, ...assessment } = event.data;
    return { programme, action, moments: { ...state?.moments, [moment]: assessment } };
  },
};
