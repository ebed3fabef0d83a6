import { execFileSync } from 'node:child_process';
import { todayInParis } from '@gpect/domain-values/calendar';
import { type Actor, Refused } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { SIRETS } from './firms.js';
import { bearerOf, enrolInArras, type Field, launchArras, openField } from './harness.js';

/** The workshops of one action, as its carrier runs them. */
let field: Field;
const programme = 'ateliers';
const [siret = '', other = ''] = SIRETS;
const carrier: Actor = { roles: ['carrier'], carrier: 'cci-artois' };
const at = `/workshops/${programme}/W1`;

beforeAll(async () => {
  field = await openField();
  await launchArras(field, programme);
  await enrolInArras(field, programme, siret);
  await enrolInArras(field, programme, other);
  await caughtUp(field.api);
});
afterAll(() => field.stop());

const does = (path: string, body: object) => field.api.command('workshops', carrier, path, body);
const reads = (path: string) => field.api.get('workshops', carrier, path);

test('the managers propose, vote and agree; the workshop comes from their programme', async () => {
  const built = `/workshop-programmes/${programme}/arras`;
  const proposal = { title: 'Préparer les départs', theme: 'career_paths', siret, proposedOn: '2010-06-02' };
  await does(`${built}/proposals`, { proposal: 'A1', ...proposal });
  await does(`${built}/proposals`, { proposal: 'A2', ...proposal, title: 'Recruter', theme: 'skills' });
  for (const voter of [siret, other])
    await does(`${built}/proposals/A1/votes`, { siret: voter, votedOn: '2010-06-03' });
  const plan = {
    programme,
    action: 'arras',
    workshop: 'W1',
    title: 'Préparer les départs',
    plannedOn: '2010-09-14',
    startsAt: '14:00',
    endsAt: '17:00',
    place: 'CCI, Arras',
    theme: 'career_paths',
    series: 'parcours',
    capacity: 1,
    proposal: 'A1',
  };
  await expect(does('/workshops', plan)).rejects.toBeInstanceOf(Refused);
  await does(`${built}/versions`, {
    agreedOn: '2010-06-10',
    agreedBy: [siret, other],
    items: [{ proposal: 'A1', month: '2010-09' }],
  });
  await does('/workshops', plan);
  expect(await reads(built)).toMatchObject({
    proposals: [
      { proposal: 'A1', votes: [siret, other] },
      { proposal: 'A2', votes: [] },
    ],
    versions: [{ version: 1, items: [{ proposal: 'A1', votes: 2, month: '2010-09' }] }],
  });
});

test('one seat: the second waits, and has it once the first withdraws; a third comes without being registered', async () => {
  const register = (person: string, name: string, firm: string) =>
    does(`${at}/participants`, { person, name, audience: 'MANAGERS', siret: firm, registeredOn: '2010-09-01' });
  await register('P1', 'A. Petit', siret);
  await register('P2', 'B. Grand', other);
  expect(await reads(at)).toMatchObject({ seats: { capacity: 1, taken: 1, waiting: 1 } });
  await does(`${at}/participants/P1/withdrawal`, { withdrewOn: '2010-09-10' });
  await does(`${at}/persons`, { person: 'P2', attendance: 'PRESENT' });
  await does(`${at}/persons`, {
    person: 'P3',
    attendance: 'PRESENT',
    name: 'C. Moyen',
    audience: 'MANAGERS',
    siret,
  });
  await does(`${at}/feedback`, { person: 'P2', satisfaction: 4, usefulness: 5, givenOn: '2010-09-15' });
  expect(await reads(at)).toMatchObject({
    status: 'HELD',
    participants: [
      { person: 'P2', seat: 'SEAT', attendance: 'PRESENT' },
      { person: 'P3', attendance: 'PRESENT', late: true },
    ],
    invited: expect.arrayContaining([
      { siret, attendance: 'PRESENT' },
      { siret: other, attendance: 'PRESENT' },
    ]),
    feedback: { answers: 1, satisfaction: 4, usefulness: 5 },
  });
  expect(await reads(`/workshops?programme=${programme}&action=arras&series=parcours`)).toMatchObject({
    workshops: [{ workshop: 'W1', title: 'Préparer les départs', status: 'HELD' }],
  });
  await caughtUp(field.api);
  await until(
    () =>
      field.api.get(
        'reporting',
        { roles: ['region'] },
        `/bilan?programme=${programme}&action=arras&purpose=who-came`,
      ) as Promise<object>,
    (bilan) => JSON.stringify(bilan).includes('"attended":2'),
  );
});

test('who came has a certificate to print, who did not has none', async () => {
  const headers = await bearerOf(field, carrier);
  const of = (person: string) => fetch(`${field.stack.urls.workshops}${at}/certificates/${person}`, { headers });
  const response = await of('P2');
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const lines = execFileSync(process.execPath, ['test/read-pdf.mjs'], { input: bytes, encoding: 'utf8' });
  // Spaces that do not break come as pieces of their own.
  const text = lines.replace(/\s+/g, ' ');
  for (const said of [
    'Attestation de présence',
    'B. Grand',
    'Préparer les départs',
    '14 septembre 2010',
    'de 14:00 à 17:00',
  ])
    expect(text).toContain(said);
  expect([(await of('P1')).status, (await of('P9')).status]).toEqual([409, 404]);
});

test('a calendar application subscribes by a link, without a token, until the link is revoked', async () => {
  const headers = { ...(await bearerOf(field, carrier)), 'content-type': 'application/json' };
  const body = JSON.stringify({ programme, action: 'arras' });
  const post = (path: string) => fetch(field.stack.urls.workshops + path, { method: 'POST', headers, body });
  const { path } = (await (await post('/calendar-links')).json()) as { path: string };
  const read = () => fetch(field.stack.urls.workshops + path);
  const calendar = await read();
  expect(calendar.headers.get('content-type')).toContain('text/calendar');
  const [event] = new ICAL.Component(ICAL.parse(await calendar.text())).getAllSubcomponents('vevent');
  expect(event && new ICAL.Event(event)).toMatchObject({ summary: 'Préparer les départs', location: 'CCI, Arras' });
  const versionOf = async (workshop: string) => {
    const events = new ICAL.Component(ICAL.parse(await (await read()).text())).getAllSubcomponents('vevent');
    const found = events.find((e) => e.getFirstPropertyValue('uid') === `${programme}/${workshop}@gpect`);
    return ['sequence', 'status', 'dtstamp'].map((name) => found?.getFirstPropertyValue(name)?.toString() ?? '');
  };
  await does('/workshops', { programme, action: 'arras', workshop: 'W8', plannedOn: '2011-01-11', theme: 'skills' });
  const [, , planned = ''] = await versionOf('W8');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await does(`/workshops/${programme}/W8/cancellation`, { reason: 'salle indisponible' });
  const [sequence, status, cancelled = ''] = await versionOf('W8');
  expect([sequence, status]).toEqual(['1', 'CANCELLED']);
  expect(cancelled > planned).toBe(true);
  expect(await (await post('/calendar-links/revocation')).json()).toEqual({ revoked: 1 });
  expect((await read()).status).toBe(404);
});

test('on the eve those who are expected are to be reminded, once, however often the service starts', async () => {
  const today = todayInParis(new Date());
  const plannedOn = todayInParis(new Date(Date.now() + 26 * 3_600_000));
  await does('/workshops', { programme, action: 'arras', workshop: 'W2', plannedOn, theme: 'skills' });
  await does(`/workshops/${programme}/W2/participants`, {
    person: 'P1',
    name: 'A. Petit',
    audience: 'MANAGERS',
    siret,
    registeredOn: today,
  });
  for (let start = 0; start < 2; start++) {
    await field.stack.stopPart('workshops');
    await field.stack.startPart('workshops');
    const seen = (await until(
      () => reads(`/workshops/${programme}/W2`) as Promise<{ reminders: object[] }>,
      ({ reminders }) => reminders.length > 0,
    )) as { reminders: object[] };
    expect(seen.reminders).toMatchObject([{ persons: ['P1'], firms: [other] }]);
  }
});
