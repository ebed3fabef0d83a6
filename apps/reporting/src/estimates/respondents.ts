import { answers } from '../facts/keepers/survey.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { NOT_COMPARABLE } from '../figures/figure.js';
import type { Estimate } from '../statistics/estimate.js';
import { surveyedFacts } from '../survey/facts.js';
import { SURVEYED, surveyedOf } from '../survey/surveyed.js';

export const estimate: Estimate = {
  id: 'respondents',
  place: 200,
  group: 'effects',
  labelFr: 'Part des accompagnées qui ont répondu avant et après',
  labelEn: 'Share of accompanied firms that answered before and after',
  definitionFr:
    'Entreprises accompagnées qui ont répondu aux deux vagues, tirées à une vague au moins ou à aucune vague, rapportées aux entreprises accompagnées.',
  definitionEn:
    'Accompanied firms that answered both waves, drawn in one wave at least or in none, of all accompanied firms.',
  formula: 'count(accompanied with BEFORE and AFTER) / count(accompanied)',
  assumptionsFr: [
    'Un dénombrement, sans intervalle : il dit combien ont répondu, et non que les autres auraient répondu de même.',
  ],
  assumptionsEn: [
    'A count, without an interval: it says how many answered, and not that the others would have answered alike.',
  ],
  notComparable: NOT_COMPARABLE.survey,
  keeps: [answers, agreement, completion],
  needs: SURVEYED,
  // What the estimates of the survey look at is said once, here.
  facts: surveyedFacts,
  countedBy: ['accompanied', 'survey'],
  counts: {
    respondents: { labelFr: 'ont répondu avant et après', labelEn: 'answered before and after' },
    accompanied: { labelFr: 'accompagnées', labelEn: 'accompanied' },
  },
  values: { share: { labelFr: 'part', labelEn: 'share', unit: 'share' } },
  of: ({ firms }) => {
    const accompanied = surveyedOf(firms).filter(({ isAccompanied }) => isAccompanied);
    const both = accompanied.filter(({ answered }) => answered.BEFORE && answered.AFTER).length;
    const all = accompanied.length;
    return {
      n: all,
      groups: [all, both, all - both],
      counts: { respondents: both, accompanied: all },
      values: { share: all === 0 ? null : { value: both / all, ofOneFirm: 1 / all } },
      behind: new Map(accompanied.map(({ id, answered }) => [id, JSON.stringify(answered)])),
    };
  },
};
