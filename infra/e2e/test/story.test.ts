import { caughtUp } from '@gpect/programme/caught-up';
import { type Actor, Refused, type Service } from '@gpect/programme/doors';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIRETS } from './firms.js';
import { type Field, launchArras, openField } from './harness.js';

/** A programme as its people live it, told through the public doors; the tests follow one another. */
let field: Field;
const programme = 'recit';
const [siret = ''] = SIRETS;
const region: Actor = { roles: ['region'], subject: 'Région' };
const carrier: Actor = { roles: ['carrier'], carrier: 'cci-artois', subject: 'Chargée de mission de la CCI' };
const consultant: Actor = { roles: ['consultant'], consultant: 'c-martin', subject: 'Consultant Martin' };

const action = `/collective-actions/${programme}/arras`;
const firm = `/firms/${programme}/${siret}`;
const assignment = `/assignments/${programme}/${siret}`;

beforeAll(async () => {
  field = await openField();
});
afterAll(() => field.stop());

const does = (who: Actor, service: Service, path: string, body: object) =>
  field.doors.command(service, who, path, body);
const reads = (who: Actor, service: Service, path: string) => field.doors.get(service, who, path);
const warnings = (on: string) =>
  reads(region, 'reporting', `/warnings?programme=${programme}&on=${on}`) as Promise<Record<string, object[]>>;

test('Phase 1: the action is built: a carrier, its partners, a plan, a first committee', async () => {
  await launchArras(field, programme, carrier);
  await does(carrier, 'enrolment', `${action}/plan`, {
    phases: [
      { phase: 'BUILDING', startsOn: '2010-04-06', endsOn: '2010-05-31' },
      { phase: 'QUALIFICATION', startsOn: '2010-06-01', endsOn: '2010-09-30' },
    ],
  });
  await does(carrier, 'enrolment', `${action}/phases`, { phase: 'BUILDING', startedOn: '2010-04-06' });
  await does(carrier, 'enrolment', `${action}/partners`, {
    partner: 'mde-arras',
    name: "Maison de l'emploi d'Arras",
    kind: 'EMPLOYMENT_HOUSE',
    roles: ['CO_PILOT', 'DETECTION'],
    since: '2010-04-06',
  });
  await does(carrier, 'enrolment', `${action}/meetings`, {
    meeting: '1',
    heldOn: '2010-04-20',
    attendees: ['cci-artois', 'mde-arras'],
    decisions: [{ decision: '1', text: 'Relancer les branches', owner: 'CCI', dueOn: '2010-05-20' }],
  });
  await does(carrier, 'enrolment', `${action}/meetings/1/decisions/1/follow-up`, { status: 'DONE', on: '2010-05-18' });
  expect(await reads(carrier, 'enrolment', action)).toMatchObject({
    phases: [{ phase: 'BUILDING', startedOn: '2010-04-06', endsOn: '2010-05-31' }, {}, {}, {}],
    partners: [{ partner: 'mde-arras' }],
    meetings: [{ decisions: [{ followUps: [{ status: 'DONE' }] }] }],
  });
});

test('The committee is warned that the next phase has not begun, and that a partner is no longer seen', async () => {
  await caughtUp(field.doors);
  expect(await warnings('2010-05-31')).toMatchObject({ lateActions: [], silentPartners: [] });
  expect(await warnings('2010-11-01')).toMatchObject({
    lateActions: [
      { action: 'arras', phase: 'BUILDING' },
      { action: 'arras', phase: 'QUALIFICATION' },
    ],
    silentPartners: [{ partner: 'mde-arras', since: '2010-04-20' }],
  });
});

test('Phase 2: a firm is detected, called, asks for time, wakes up, is qualified and signs', async () => {
  await does(carrier, 'enrolment', '/firms', {
    programme,
    action: 'arras',
    siret,
    name: "Mécanique de l'Artois",
    basin: 'artois-ternois',
    naf: '25.62B',
    headcount: 41,
    detectedOn: '2010-05-03',
    source: 'PORTEUR',
  });
  const contact = { contact: '1', on: '2010-05-10', by: 'CCI', means: 'CALL', outcome: 'INTERESTED' };
  await does(carrier, 'enrolment', `${firm}/contacts`, contact);
  await does(carrier, 'enrolment', `${firm}/deferral`, {
    deferredOn: '2010-05-12',
    wakeUpOn: '2010-09-01',
    reason: 'Saison haute',
  });
  expect(await reads(carrier, 'enrolment', firm)).toMatchObject({
    status: 'DEFERRED',
    wakeUpOn: '2010-09-01',
    due: true,
  });
  await does(carrier, 'enrolment', `${firm}/resumption`, { resumedOn: '2010-09-02' });
  await does(carrier, 'enrolment', `${firm}/qualification`, {
    scores: { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 },
    justifications: { manager_commitment: 'Le dirigeant vient aux réunions' },
    qualifiedOn: '2010-09-10',
  });
  await does(carrier, 'enrolment', `${firm}/agreement`, {
    signedOn: '2010-10-01',
    signatories: [{ name: 'M. Petit', for: 'FIRM', signedOn: '2010-10-01' }],
  });
  expect(await reads(carrier, 'enrolment', firm)).toMatchObject({
    status: 'ENROLLED',
    moves: [
      { move: 'DEFERRED', reason: 'Saison haute' },
      { move: 'RESUMED', on: '2010-09-02' },
    ],
    signatories: [{ name: 'M. Petit' }],
  });
});

test('Phase 3: a consultant works there within a budget, and a plan is agreed with the employees', async () => {
  await caughtUp(field.doors);
  await does(carrier, 'consulting', `${assignment}/staffing`, { consultant: 'c-martin' });
  await does(carrier, 'consulting', `${assignment}/budget`, { halfDays: 5 });
  const held = (session: string, heldOn: string, stage: string, halfDays: number) =>
    does(consultant, 'consulting', `${assignment}/sessions`, {
      session,
      consultant: 'c-martin',
      heldOn,
      halfDays,
      stage,
      theme: 'skills',
      participants: ['MANAGER', 'EMPLOYEES'],
    });
  await held('S1', '2010-10-12', 'PRE_DIAGNOSTIC', 3);
  await held('S2', '2010-11-02', 'ACTION_PLAN', 1);
  await held('S3', '2010-11-03', 'ACTION_PLAN', 1);
  await does(consultant, 'consulting', `${assignment}/sessions/S3/cancellation`, { reason: 'Saisie deux fois' });
  await does(consultant, 'consulting', `${assignment}/sessions/S1/correction`, {
    consultant: 'c-martin',
    heldOn: '2010-10-12',
    halfDays: 3,
    stage: 'PRE_DIAGNOSTIC',
    theme: 'skills',
    participants: ['MANAGER', 'SUPERVISORS', 'EMPLOYEES'],
    reason: "L'encadrement était là",
  });
  await does(consultant, 'consulting', `${assignment}/plan`, {
    agreedOn: '2010-11-02',
    items: [{ item: 'p1', theme: 'skills', title: 'Référentiel', owner: "Chef d'atelier", dueOn: '2011-03-31' }],
  });
  await does(consultant, 'consulting', `${assignment}/plan/p1/progress`, {
    status: 'DONE',
    progress: 100,
    on: '2011-03-20',
    outcome: 'Référentiel en usage',
  });
  expect(await reads(consultant, 'consulting', assignment)).toMatchObject({
    budget: { planned: 5, consumed: 4, overrun: 0 },
    plan: { version: 1, items: [{ item: 'p1', status: 'DONE', late: false }] },
    sessions: [{ session: 'S1', participants: ['MANAGER', 'SUPERVISORS', 'EMPLOYEES'] }, { session: 'S2' }],
  });
});

test('Another consultant, another carrier, see nothing of it', async () => {
  const stranger = reads({ roles: ['consultant'], consultant: 'c-autre' }, 'consulting', assignment);
  await expect(stranger).rejects.toBeInstanceOf(Refused);
  await expect(reads({ roles: ['carrier'], carrier: 'cci-autre' }, 'enrolment', firm)).rejects.toBeInstanceOf(Refused);
});

test('The committee is warned: nothing has happened in the firm for two months, and its half-days are nearly spent', async () => {
  await caughtUp(field.doors);
  const seen = await until(
    () => warnings('2011-02-01'),
    (w) => (w['budgets'] ?? []).length > 0,
  );
  expect(seen).toMatchObject({
    idleFirms: [{ siret, since: '2010-11-02' }],
    budgets: [{ siret, planned: 5, share: 0.8 }],
  });
  expect(await warnings('2011-01-01')).toMatchObject({ idleFirms: [] });
});

test('A suspended firm is not idle, and goes on where it was', async () => {
  await does(carrier, 'enrolment', `${firm}/suspension`, {
    suspendedOn: '2011-02-02',
    wakeUpOn: '2011-04-01',
    reason: 'Changement de dirigeant',
  });
  await caughtUp(field.doors);
  await until(
    () => warnings('2011-06-01'),
    (w) => w['idleFirms']?.length === 0,
  );
  await does(carrier, 'enrolment', `${firm}/resumption`, { resumedOn: '2011-04-04' });
  await caughtUp(field.doors);
  await until(
    () => warnings('2011-06-01'),
    (w) => w['idleFirms']?.length === 1,
  );
});

test('Phase 4: the firm completes, and the bilan says what was done there, and with whom', async () => {
  await does(carrier, 'enrolment', `${firm}/completion`, { completedOn: '2011-10-03' });
  await caughtUp(field.doors);
  const evaluator: Actor = { roles: ['evaluator'], subject: 'ARACT' };
  for (const [moment, assessedOn, intensity] of [
    ['START', '2010-04-20', 1],
    ['END', '2011-10-10', 3],
  ] as const)
    await does(evaluator, 'evaluation', `/cooperation/${programme}/arras/${moment}`, {
      assessedOn,
      by: 'ARACT',
      links: [{ from: 'cci-artois', to: 'mde-arras', intensity }],
    });
  await caughtUp(field.doors);
  expect(await reads(region, 'reporting', `/bilan?programme=${programme}`)).toMatchObject({
    cooperation: [{ action: 'arras', start: { pairs: 1, together: 0 }, end: { pairs: 1, together: 1 } }],
    figures: { detected: 1, enrolled: 1, accompanied: 1, sessions: 2, halfDays: 4, planItems: 1, planItemsDone: 1 },
    participation: { MANAGER: 2, SUPERVISORS: 1, EMPLOYEES: 2 },
  });
});
