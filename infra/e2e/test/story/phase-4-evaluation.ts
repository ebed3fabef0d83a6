import { expect, test } from '@jest/globals';
import { allNine } from '../nine-questions.js';
import { ACTION, CASE, carrier, evaluator, FIRM, opca, PROGRAMME, region, type Tale } from './tale.js';

const SURVEY = `/surveys/${PROGRAMME}/${FIRM.siret}`;
/** Why the committee reads every figure. */
const WHY = encodeURIComponent('bilan du comité de pilotage');

/** Phase 4: the firm completes, everybody is asked what changed, and the committee reads it. */
export function evaluation({ does, reads, newsArrived }: Tale): void {
  test('The firm answers before and after; its answer on paper is typed in by who evaluates', async () => {
    await does(evaluator, 'evaluation', `${SURVEY}/answers`, {
      wave: 'BEFORE',
      answeredOn: '2010-10-20',
      answers: allNine(2),
      mode: 'PAPER',
    });
    await does(carrier, 'enrolment', `${CASE}/completion`, { completedOn: '2011-10-03' });
    await newsArrived();
    await does(evaluator, 'evaluation', '/samples', {
      programme: PROGRAMME,
      sample: 'apres',
      wave: 'AFTER',
      method: 'ALL',
      frameOn: '2011-10-03',
    });
    await does(evaluator, 'evaluation', `${SURVEY}/partial-answers`, {
      wave: 'AFTER',
      answeredOn: '2011-11-08',
      answers: { roles_clear: 4 },
    });
    await does(evaluator, 'evaluation', `${SURVEY}/partial-answers`, {
      wave: 'AFTER',
      answeredOn: '2011-11-15',
      answers: allNine(5),
      trends: { activity: 'UP', profitability: 'STABLE', client_portfolio: 'UP', quality: 'UP' },
    });
    expect(await reads(region, 'evaluation', SURVEY)).toMatchObject({
      waves: [
        { wave: 'BEFORE', mode: 'PAPER', enteredBy: 'ARACT' },
        { wave: 'AFTER', sample: 'apres', answeredOn: '2011-11-15', trends: { activity: 'UP' } },
      ],
    });
  });

  test('The OPCA says what it sees of practices, the evaluator how the actors work together, a platform lasts', async () => {
    await does(opca, 'evaluation', `/practices/${PROGRAMME}/opca-a`, {
      survey: '2011',
      surveyedOn: '2011-11-20',
      by: 'Délégation régionale',
      firmsSeen: 12,
      practices: [{ practice: 'GPEC_TOOLS', firms: 9 }],
      otherPractices: [{ practice: 'USE_OF_DIF', firms: 4 }],
    });
    for (const [moment, assessedOn, intensity] of [
      ['START', '2010-04-20', 1],
      ['END', '2011-10-10', 3],
    ] as const)
      await does(evaluator, 'evaluation', `/cooperation/${PROGRAMME}/arras/${moment}`, {
        assessedOn,
        by: 'ARACT',
        links: [{ from: 'cci-artois', to: 'mde-arras', intensity }],
      });
    await does(carrier, 'enrolment', `${ACTION}/platforms`, { name: 'Plateforme Arras', establishedOn: '2011-09-01' });
    await does(carrier, 'enrolment', `${ACTION}/platforms/Plateforme%20Arras/reviews`, {
      reviewedOn: '2012-09-03',
      alive: true,
      members: ['CCI Artois', "Maison de l'emploi d'Arras"],
    });
  });

  test('The bilan says who was reached, what was done and with whom, what changed, and where', async () => {
    await newsArrived();
    expect(await reads(region, 'reporting', `/bilan?programme=${PROGRAMME}&purpose=${WHY}`)).toMatchObject({
      figures: {
        detected: 2,
        qualified: 2,
        enrolled: 2,
        accompanied: 1,
        sessions: 2,
        halfDays: 4,
        workshops: 1,
        attended: 1,
        planItems: 1,
        planItemsDone: 1,
      },
      participation: { MANAGER: 2, SUPERVISORS: 1, EMPLOYEES: 2 },
      participationByStage: {
        PRE_DIAGNOSTIC: { MANAGER: 1, SUPERVISORS: 1, EMPLOYEES: 1 },
        ACTION_PLAN: { MANAGER: 1, EMPLOYEES: 1 },
      },
      survey: { firms: 1, yes: { training_priority: { before: 0, after: 1 } } },
      practices: { funders: 1, firmsSeen: 12, firms: { GPEC_TOOLS: 9, USE_OF_DIF: 4 } },
      platforms: [{ name: 'Plateforme Arras', actions: ['arras'], state: 'ALIVE', seenOn: '2012-09-03' }],
      cooperation: [{ action: 'arras', start: { pairs: 1, together: 0 }, end: { pairs: 1, together: 1 } }],
      visions: [{ action: 'arras', firms: 2, issues: [{ theme: 'career_paths', firms: 2 }] }],
      animation: { exchanges: 1, consultants: 1 },
    });
  });

  test('On a day of the past it says what was known to have happened by then', async () => {
    expect(
      await reads(region, 'reporting', `/bilan?programme=${PROGRAMME}&purpose=${WHY}&asOf=2010-10-31`),
    ).toMatchObject({
      figures: { enrolled: 2, accompanied: 0, sessions: 1, workshops: 0 },
      participationByStage: { PRE_DIAGNOSTIC: { MANAGER: 1 } },
      practices: { funders: 0 },
      animation: { exchanges: 0 },
    });
  });
}
