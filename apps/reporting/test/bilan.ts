import type { Bilan } from '../src/bilan/shape.js';

const counts = {
  detected: 677,
  ineligible: 25,
  notMature: 72,
  qualified: 580,
  declined: 87,
  enrolled: 493,
  accompanied: 460,
  abandoned: 33,
  under100: 460,
  over100: 33,
  sessions: 4652,
  halfDays: 6212,
  workshops: 78,
  invited: 2793,
  attended: 1935,
  planItems: 12,
  planItemsDone: 5,
};
/** Names that are no markup and have letters of many languages. */
export const HOSTILE = 'Wałęsa #strong[x] $x$ <a&b> "c" \\ @d';
export const NAMES = { basins: { lille: 'Lille', calaisis: 'Calaisis' }, actions: { a: HOSTILE, b: 'Lens-Liévin' } };

/** A bilan with everything that a document shows; of a release, with numbers that are masked. */
export function madeBilan(secrecy: 'none' | 'applied' = 'none'): Bilan {
  const hidden = secrecy === 'applied' ? null : 21;
  const bilan = {
    programme: { code: 'p', name: 'GPEC territoriale de Wałęsa', opensOn: '2007-09-01', closesOn: '2013-12-31' },
    scope: {},
    secrecy,
    ...(secrecy === 'applied' ? { release: { date: '2014-01-15', madeAt: '2014-01-15T08:00:00Z' } } : {}),
    beingCounted: [],
    figures: { ...counts, over100: hidden },
    byBasin: { lille: counts, calaisis: { ...counts, accompanied: hidden } },
    byAction: { a: { ...counts, enrolled: hidden }, b: counts },
    details: { spendAfter: { value: hidden === null ? null : 390079490 }, participation: { value: 4 } },
    cuts: {},
    origins: [
      { origin: 'OPCA', detected: 200, qualified: 180, enrolled: hidden, accompanied: hidden, enrolledShare: null },
    ],
    objectives: [
      { action: 'a', targetFirms: 34, detected: 49, enrolled: 36, accompanied: hidden },
      { action: 'b', targetFirms: 40, detected: 59, enrolled: 43, accompanied: 40 },
    ],
    phases: [{ action: 'a', phase: 'BUILDING', plannedFrom: '2008-02-04', plannedTo: '2008-05-04', plannedDays: 90 }],
    projects: [
      { call: 'c', project: 'p', name: HOSTILE, score: 71.5, outcome: 'SELECTED', action: 'a', enrolled: hidden },
    ],
    decisionsOutstanding: [{ action: 'a', meeting: 'm', decision: 'd', text: HOSTILE, heldOn: '2010-02-01' }],
    platforms: [
      {
        name: HOSTILE,
        actions: ['a'],
        basins: ['lille'],
        state: 'ENDED',
        establishedOn: '2010-01-04',
        seenOn: '2013-03-01',
        endedOn: '2012-03-01',
        seen: [
          { on: '2011-03-01', alive: true },
          { on: '2012-03-01', alive: false },
        ],
      },
    ],
    cooperation: [{ action: 'a', start: { together: 2, pairs: 9 }, end: { together: 5, pairs: 9 } }],
    visions: [
      {
        action: 'a',
        adoptedOn: '2012-01-01',
        vision: HOSTILE,
        firms: hidden,
        issues: [{ theme: 'skills', firms: hidden }],
      },
    ],
    animation: { exchanges: 3, consultants: 12 },
    participation: { MANAGER: 2949 },
    participationByStage: {
      ACTION_PLAN: { MANAGER: 571, EMPLOYEES: hidden },
      IMPLEMENTATION: { MANAGER: 1459, EMPLOYEES: 1424 },
    },
    practices: {
      funders: 1,
      firmsSeen: hidden,
      firms: { TUTORING: hidden },
      firmsSeenRange: { least: hidden, most: hidden },
      range: { TUTORING: { least: hidden, most: hidden } },
      byFunder: [{ funder: 'opca-a', surveyedOn: '2012-01-01', firmsSeen: hidden, firms: { TUTORING: hidden } }],
      noteFr: 'Une fourchette.',
      noteEn: 'A range.',
    },
    survey: {
      firms: 120,
      yes: {},
      effects: [
        {
          question: 'strategy_shared',
          n: 120,
          before: 0.3167,
          after: 0.8667,
          difference: 0.55,
          low: 0.447,
          high: 0.635,
        },
        { question: 'roles_clear', n: null, before: null, after: null, difference: null, low: null, high: null },
      ],
      training: {
        recourse: { before: 51, after: 20, of: 120 },
        priority: { before: 49, after: 107, of: 120 },
        notPairedFr: 'Deux questions.',
        notPairedEn: 'Two questions.',
      },
      samples: [],
      verbatims: [
        { theme: 'SOCIAL', by: 'EMPLOYEES', text: 'On se parle enfin.' },
        { theme: 'SOCIAL', text: 'Un second du même thème.' },
        { theme: 'STRATEGY', by: 'MANAGER', text: HOSTILE },
        { theme: 'TRAINING', text: 'La formation, on y pense.' },
      ],
      trends: { activity: { UP: 63, STABLE: 46, DOWN: hidden } },
      trainingPriority: { littleRecourseAndNoPolicyBefore: 51, priorityAfter: 107, of: 120 },
    },
    spend: {
      lines: 12009,
      totalCents: 2803913829,
      byFunderCents: { 'opca-a': 956494873, 'opca-b': hidden },
      bySchemeCents: { DIF: 773565916 },
      enrolledFirmsCents: 2160415207,
      accompaniedFirmsCents: { before12Months: 211371975, after12Months: 390079490, windowRule: '' },
      refusedLines: 0,
      refused: {},
    },
    estimates: [
      {
        id: 'spendChange',
        group: 'spend',
        labelFr: 'Dépenses : avant et après',
        labelEn: 'Spend: before and after',
        definitionFr: 'Ce qui suit rapporté à ce qui précède.',
        definitionEn: 'What follows against what went before.',
        formula: 'after / before - 1',
        assumptionsFr: ['Une évolution n’est pas un effet.'],
        assumptionsEn: ['A change is no effect.'],
        status: 'INCOMPLETE',
        reasonFr: 'Les 12 mois d’après ne sont pas écoulés pour toutes.',
        reasonEn: 'The 12 months after have not elapsed for all.',
        n: hidden,
        counts: [
          { name: 'rose', labelFr: 'En hausse', labelEn: 'Rose', count: 336 },
          { name: 'fell', labelFr: 'En baisse', labelEn: 'Fell', count: hidden },
          { name: 'stayed', labelFr: 'Inchangées', labelEn: 'Stayed', count: 0 },
        ],
        values: [
          {
            name: 'change',
            labelFr: 'Évolution du total',
            labelEn: 'Change of the total',
            unit: 'change',
            value: 0.762,
            low: 0.7,
            high: 0.824,
          },
          {
            name: 'median',
            labelFr: 'Écart médian',
            labelEn: 'Median difference',
            unit: 'euro cent',
            value: hidden,
            low: null,
            high: null,
          },
        ],
        confidence: 0.95,
        parts: [
          {
            key: 'C',
            labelFr: 'Industrie',
            labelEn: 'Manufacturing',
            n: 30,
            counts: [],
            values: [
              {
                name: 'points',
                labelFr: 'Écart',
                labelEn: 'Difference',
                unit: 'points',
                value: 0.517,
                low: 0.4,
                high: 0.6,
              },
            ],
          },
        ],
      },
    ],
    definitions: [
      {
        id: 'detected',
        labelFr: 'Entreprises détectées',
        labelEn: 'Firms detected',
        definition: 'd',
        definitionFr: 'Établissements repérés.',
        sources: [],
        countsBy: '',
        firms: 677,
        unit: 'firm',
      },
      {
        id: 'spendAfter',
        labelFr: 'Dépenses après',
        labelEn: 'Spend after',
        definition: 'd',
        sources: [],
        countsBy: '',
        firms: hidden,
        unit: 'euro cent',
      },
    ],
    provenance: { topics: { 'gpect.enrolment.events': { '0': '841' } } },
  };
  // What other chapters of the API add to it, documents leave out until they say something of it.
  return bilan as unknown as Bilan;
}
