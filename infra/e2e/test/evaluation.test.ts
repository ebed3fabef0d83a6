import { addDays, todayInParis } from '@gpect/domain-values/calendar';
import { type Actor, Refused } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIRETS } from './firms.js';
import { enrolInArras, type Field, launchArras, openField } from './harness.js';

/** The evaluation of one programme, as an evaluator does it. */
let field: Field;
const programme = 'evaluation';
const FIRMS = [...new Set(SIRETS)].slice(0, 8);
const [first = '', second = ''] = FIRMS;
const evaluator: Actor = { roles: ['evaluator'], subject: 'ARACT' };
const region: Actor = { roles: ['region'] };
const today = todayInParis(new Date());

const NINE = {
  strategy_clear: 2,
  strategy_shared: 2,
  time_for_anticipation: 1,
  information_flows: 3,
  roles_clear: 2,
  social_climate: 3,
  staff_representation_dialogue: 2,
  training_priority: 1,
  training_policy_exists: 2,
};

beforeAll(async () => {
  field = await openField();
  await launchArras(field, programme);
  for (const siret of FIRMS) await enrolInArras(field, programme, siret);
  await caughtUp(field.api);
});
afterAll(() => field.stop());

const does = (path: string, body: object = {}) => field.api.command('evaluation', evaluator, path, body);
const reads = (who: Actor, path: string) => field.api.get('evaluation', who, path) as Promise<Record<string, unknown>>;

test('a version of the questionnaire asks more of the firms that are asked from its day on', async () => {
  const question = { question: 'apprentices', label: 'Combien d’apprentis ?', kind: 'NUMBER', theme: 'TRAINING' };
  await does(`/questionnaires/${programme}`, {
    questions: [{ ...question, waves: ['BEFORE', 'AFTER'] }],
    appliesFrom: '2010-05-01',
    reason: "Suivre l'apprentissage",
  });
  expect(await reads(evaluator, `/questionnaires/${programme}`)).toMatchObject({
    versions: [{ version: 1 }, { version: 2, questions: expect.arrayContaining([expect.objectContaining(question)]) }],
  });
  const answers = { wave: 'BEFORE', answeredOn: '2010-06-10', answers: NINE };
  await expect(does(`/surveys/${programme}/${first}/answers`, answers)).rejects.toBeInstanceOf(Refused);
  await does(`/surveys/${programme}/${first}/answers`, { ...answers, more: { apprentices: 2 }, mode: 'PAPER' });
  expect(await reads(region, `/surveys/${programme}/${first}`)).toMatchObject({
    waves: [{ questionnaire: 2, more: { apprentices: 2 }, mode: 'PAPER', enteredBy: 'ARACT' }],
  });
});

test('half of the firms are drawn, by a seed; the same request draws nothing more, another under its code is refused', async () => {
  const sample = {
    programme,
    sample: 'moitie',
    wave: 'BEFORE',
    method: 'STRATIFIED',
    fraction: 0.5,
    seed: 2010,
    frameOn: '2010-06-30',
    drawnOn: addDays(today, -20),
    remindAfterDays: [15, 30],
  };
  await does('/samples', sample);
  await does('/samples', sample);
  await expect(does('/samples', { ...sample, seed: 1 })).rejects.toBeInstanceOf(Refused);
  expect(await reads(evaluator, `/samples/${programme}/moitie`)).toMatchObject({
    frame: FIRMS.length,
    drawn: FIRMS.length / 2,
    strata: [{ basin: 'artois-ternois', size: '10-49', frame: FIRMS.length, drawn: FIRMS.length / 2 }],
    algorithm: expect.stringContaining('xoroshiro128+'),
  });
});

test('who has not answered is reminded once for each term; answers in part add up', async () => {
  await does(`/samples/${programme}/moitie/reminders`);
  await does(`/samples/${programme}/moitie/reminders`);
  const drawn = await Promise.all(FIRMS.map((siret) => reads(region, `/surveys/${programme}/${siret}`)));
  const waves = drawn.map((s) => (s['waves'] as { sample?: string; answers?: object; reminders?: string[] }[])[0]);
  const silent = waves.filter((w) => w?.sample && !w.answers);
  expect(silent.length).toBeGreaterThan(0);
  for (const wave of silent) expect(wave?.reminders).toEqual([today]);
  const [asked = second] = FIRMS.filter((_siret, i) => waves[i]?.sample && !waves[i]?.answers);
  const { strategy_clear, ...others } = NINE;
  const inPart = (some: object) =>
    does(`/surveys/${programme}/${asked}/partial-answers`, { wave: 'BEFORE', answeredOn: '2010-06-12', ...some });
  await inPart({ answers: { strategy_clear } });
  expect(await reads(evaluator, `/samples/${programme}/moitie`)).toMatchObject({ partly: 1 });
  await inPart({ answers: others, more: { apprentices: 0 } });
  expect(await reads(evaluator, `/samples/${programme}/moitie`)).toMatchObject({ partly: 0 });
  expect(await reads(region, `/surveys/${programme}/${asked}`)).toMatchObject({ waves: [{ answers: NINE }] });
});

test('an evaluator sees answers without names, unless the firm agreed; the Region sees whose they are', async () => {
  const list = async (who: Actor) =>
    (await reads(who, `/answers?programme=${programme}&wave=BEFORE`))['answers'] as {
      respondent: string;
      siret?: string;
      answers: object;
    }[];
  const [asEvaluator, asRegion] = [await list(evaluator), await list(region)];
  expect(asEvaluator).toHaveLength(2);
  expect(asEvaluator.map((a) => a.siret)).toEqual([undefined, undefined]);
  expect(JSON.stringify(asEvaluator)).not.toContain(first);
  expect(asRegion.map((a) => a.siret)).toContain(first);
  expect(asRegion.map((a) => a.respondent)).toEqual(asEvaluator.map((a) => a.respondent));
  await expect(reads(evaluator, `/surveys/${programme}/${first}`)).rejects.toBeInstanceOf(Refused);
  const agreed = { named: true, agreedOn: '2010-07-01' };
  await expect(does(`/surveys/${programme}/${first}/naming`, agreed)).rejects.toMatchObject({ status: 403 });
  const carrier: Actor = { roles: ['carrier'], carrier: 'cci-artois' };
  await field.api.command('evaluation', carrier, `/surveys/${programme}/${first}/naming`, agreed);
  expect((await list(evaluator)).map((a) => a.siret)).toContain(first);
  expect(await reads(evaluator, `/surveys/${programme}/${first}`)).toMatchObject({ siret: first, named: true });
});

test('what firms say in their words: evaluators read all of it without names; a firm takes its consent back', async () => {
  const words = {
    verbatim: '1',
    saidOn: '2010-07-01',
    by: 'MANAGER',
    theme: 'STRATEGY',
    text: 'Nous savons où aller.',
  };
  await does(`/surveys/${programme}/${second}/verbatims`, { ...words, consented: true, consentedOn: '2010-07-01' });
  const carrier: Actor = { roles: ['carrier'], carrier: 'cci-artois' };
  const path = `/surveys/${programme}/${second}/verbatims/1/consent`;
  const other: Actor = { roles: ['carrier'], carrier: 'medef-artois' };
  const withdrawn = { consented: false, consentedOn: '2010-09-01' };
  await expect(field.api.command('evaluation', other, path, withdrawn)).rejects.toMatchObject({ status: 403 });
  await field.api.command('evaluation', carrier, path, withdrawn);
  const list = async (who: Actor) => (await reads(who, `/verbatims?programme=${programme}`))['verbatims'];
  const { verbatim: _n, ...said } = words;
  expect(await list(region)).toMatchObject([{ siret: second, ...said, consented: false }]);
  expect(JSON.stringify(await list(evaluator))).not.toContain(second);
  await expect(reads(carrier, `/verbatims?programme=${programme}`)).rejects.toMatchObject({ status: 403 });
  const tooLong = { ...words, verbatim: '2', text: 'a'.repeat(601), consented: true, consentedOn: '2010-07-01' };
  await expect(does(`/surveys/${programme}/${second}/verbatims`, tooLong)).rejects.toMatchObject({ status: 400 });
});

test('after, the firms are drawn that were drawn before: a panel; and of a sample that there is not, none', async () => {
  for (const siret of FIRMS.slice(0, -1))
    await field.api.command('enrolment', region, `/firms/${programme}/${siret}/completion`, {
      completedOn: '2011-12-01',
    });
  await caughtUp(field.api);
  const panel = { programme, sample: 'panel', wave: 'AFTER', method: 'ALL', panelOf: 'moitie', frameOn: '2011-12-31' };
  await expect(does('/samples', { ...panel, panelOf: 'aucun' })).rejects.toMatchObject({ status: 404 });
  await does('/samples', panel);
  await does('/samples', panel);
  const surveys = await Promise.all(FIRMS.map((siret) => reads(region, `/surveys/${programme}/${siret}`)));
  const drawnIn = surveys.map(
    (s) => new Map((s['waves'] as { wave: string; sample?: string }[]).map(({ wave, sample }) => [wave, sample])),
  );
  const [completed, rest] = [drawnIn.slice(0, -1), drawnIn.slice(-1)];
  for (const waves of completed) expect(waves.get('AFTER') === 'panel').toBe(waves.get('BEFORE') === 'moitie');
  expect(rest[0]?.has('AFTER')).toBe(false);
  const drawn = completed.filter((waves) => waves.has('AFTER') && waves.get('AFTER')).length;
  expect(await reads(evaluator, `/samples/${programme}/panel`)).toMatchObject({
    panelOf: 'moitie',
    frame: FIRMS.length - 1,
    drawn,
    strata: [{ frame: FIRMS.length - 1, drawn }],
  });
});

test('an OPCA says what it sees of the practices of its firms', async () => {
  const opca: Actor = { roles: ['funder'], funder: 'opca-a' };
  await field.api.command('evaluation', opca, `/practices/${programme}/opca-a`, {
    survey: '2013',
    surveyedOn: '2013-11-05',
    by: 'Délégation régionale',
    firmsSeen: 40,
    spendTrend: 'UP',
    practices: [{ practice: 'GPEC_TOOLS', firms: 31 }],
  });
  expect(await reads(evaluator, `/practices/${programme}/opca-a`)).toMatchObject({
    surveys: [{ survey: '2013', practices: [{ practice: 'GPEC_TOOLS', firms: 31 }] }],
  });
});
