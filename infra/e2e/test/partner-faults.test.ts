import type { PartName } from '@gpect/local/stack';
import { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIRETS } from './firms.js';
import { firmOfArras, launchArras } from './harness.js';
import {
  eventOf,
  kafkaAs,
  openFieldOfPartners,
  type PartnersField,
  poll,
  type SentEvent,
  sendOverHttp,
} from './partners/field-of-partners.js';

/** The same partner traffic, once as it should be, once as the world is: the bilan does not see the difference. */
let field: PartnersField;
const [CLEAN, ROUGH] = ['partenaires-calme', 'partenaires-tempete'];
const FIRMS = [...new Set(SIRETS)].slice(0, 12);

beforeAll(async () => {
  field = await openFieldOfPartners(CLEAN);
  await launchArras(field, ROUGH);
});
afterAll(() => field.stop());

interface Sent {
  readonly partner: string;
  readonly event: SentEvent;
}

/** All that is to be said of each firm, in its order. */
function traffic(programme: string): Sent[][] {
  const scores = { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 };
  return FIRMS.map((siret, i) => {
    const subject = `${programme}/${siret}`;
    const decided = (decision: string, decidedOn: string, more = {}) => ({
      partner: 'cci-artois',
      event: eventOf('cci-artois', 'firm-decision-sent', subject, { programme, siret, decision, decidedOn, ...more }),
    });
    const line = {
      programme,
      funder: 'opca-a',
      reference: `L${i}`,
      siret,
      paidOn: '2010-09-01',
      scheme: 'PLAN',
      amountCents: 1000 + i,
    };
    return [
      {
        partner: 'cci-artois',
        event: eventOf('cci-artois', 'firm-detection-sent', subject, firmOfArras(programme, siret)),
      },
      decided('QUALIFIED', '2010-05-20', { scores }),
      decided('SIGNED', '2010-06-01'),
      { partner: 'opca-a', event: eventOf('opca-a', 'spend-line-sent', `${programme}/opca-a/L${i}`, line) },
      ...(i % 3 === 0 ? [decided('COMPLETED', '2011-06-01')] : []),
    ];
  });
}

/** Sends until it is kept: the gateway or the brokers may be away. */
async function send(partner: string, events: readonly SentEvent[]): Promise<void> {
  await until(
    () =>
      sendOverHttp(field, partner, events).then(
        ({ status }) => status,
        () => 0,
      ),
    (status) => status === 202,
    60_000,
  );
}

async function settled(programme: string) {
  await caughtUp(field.api);
  const { figures, spend } = await until(
    () => fetchBilan(field.api, programme),
    (b) => b.figures['accompanied'] === Math.ceil(FIRMS.length / 3) && b.spend.lines === FIRMS.length,
    60_000,
  );
  return { figures, spend };
}

test('in order, once each', async () => {
  for (const events of traffic(CLEAN)) for (const { partner, event } of events) await send(partner, [event]);
  expect((await settled(CLEAN)).figures).toMatchObject({ detected: FIRMS.length, enrolled: FIRMS.length });
});

test('firms in any order, events twice, old ones once more, every part killed with kill -9 meanwhile', async () => {
  const firms = traffic(ROUGH);
  // Rounds: the first event of each firm, then the second…, the firms in another order each time.
  const rounds = Array.from({ length: 5 }, (_, n) => {
    const round = firms.flatMap((events) => events[n] ?? []);
    return n % 2 === 0 ? round.reverse() : round;
  });
  const victims: PartName[] = ['partner-gateway', 'enrolment', 'training-spend', 'kafka', 'partner-gateway'];
  for (const [n, round] of rounds.entries()) {
    const victim = victims[n] as PartName;
    const hit = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await field.stack.killPart(victim);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await field.stack.startPart(victim);
    })();
    for (const partner of ['cci-artois', 'opca-a']) {
      const own = round.filter((sent) => sent.partner === partner).map(({ event }) => event);
      for (let i = 0; i < own.length; i += 7) await send(partner, [...own.slice(i, i + 7), ...own.slice(i, i + 3)]);
      // What was sent rounds ago comes once more.
      const old = (rounds[n - 2] ?? []).filter((sent) => sent.partner === partner).map(({ event }) => event);
      if (old.length > 0) await send(partner, old);
    }
    await hit;
  }
  const [clean, rough] = [await settled(CLEAN), await settled(ROUGH)];
  expect(rough).toEqual(clean);
  // Each event has one answer, however often that was given: taken.
  for (const partner of ['cci-artois', 'opca-a']) {
    const own = firms.flat().filter((sent) => sent.partner === partner);
    // The figures are there before the last answers are: they go another way.
    const answers = await until(
      () => answersTo(partner),
      (got) => own.every(({ event }) => got.has(event.id)),
      60_000,
    );
    for (const { event } of own)
      expect([...(answers.get(event.id) ?? [])]).toEqual([expect.stringContaining('event-taken')]);
  }
});

/** By event, the answers that a partner got. */
async function answersTo(partner: string): Promise<Map<string, Set<string>>> {
  const answers = new Map<string, Set<string>>();
  const { events } = await poll(field, partner, 0);
  for (const { event } of await all(partner, events.length > 0))
    if (event.causationid && event.type.startsWith('fr.gpect.partner.event-'))
      answers.set(event.causationid, new Set([...(answers.get(event.causationid) ?? []), `${event.id} ${event.type}`]));
  return answers;
}

test('behind five hundred events of one partner, the single one of another is answered before the last of them', async () => {
  const many = Array.from({ length: 500 }, (_, i) => {
    const siret = FIRMS[i % FIRMS.length] ?? '';
    const contact = { contact: `${i}`, on: '2010-05-10', by: 'CCI', means: 'CALL', outcome: 'INTERESTED' };
    return eventOf('cci-artois', 'firm-contact-sent', `${CLEAN}/${siret}`, { programme: CLEAN, siret, ...contact });
  });
  const [siret = ''] = FIRMS;
  const single = eventOf('cci-autre', 'firm-decision-sent', `${CLEAN}/${siret}`, {
    ...{ programme: CLEAN, siret, decision: 'SIGNED', decidedOn: '2010-06-01' },
  });
  await sendByKafka([
    { partner: 'cci-artois', events: many },
    { partner: 'cci-autre', events: [single] },
  ]);
  const [answers, [answer]] = [await answersOf('cci-artois', many), await answersOf('cci-autre', [single])];
  // Ids of the answers of one process are in the order in which they were given.
  expect(answers.filter(({ id }) => id > (answer?.id ?? '')).length).toBeGreaterThan(0);
});

test('lines that a funder sends at once stand in its list under a number each', async () => {
  const lines = FIRMS.flatMap((siret, i) =>
    Array.from({ length: 5 }, (_, n) => {
      const reference = `N${i}-${n}`;
      const paid = { paidOn: '2010-09-01', scheme: 'PLAN', amountCents: 100 };
      return eventOf('opca-a', 'spend-line-sent', `${CLEAN}/opca-a/${reference}`, {
        ...{ programme: CLEAN, funder: 'opca-a', reference, siret, ...paid },
      });
    }),
  );
  await sendByKafka([{ partner: 'opca-a', events: lines }]);
  const answers = await answersOf('opca-a', lines);
  expect(new Set(answers.map(({ type }) => type))).toEqual(new Set(['fr.gpect.partner.event-taken.v1']));
  const recorded = await until(
    async () =>
      (await all('opca-a', true))
        .filter(({ event }) => event.type === 'fr.gpect.training-spend.spend-lines-recorded.v1')
        .filter(({ event }) => event.data['programme'] === CLEAN)
        .flatMap(({ event }) => event.data['lines'] as { line: number; reference: string }[]),
    (found) => found.filter(({ reference }) => reference.startsWith('N')).length === lines.length,
    60_000,
  );
  expect(new Set(recorded.map(({ line }) => line)).size).toBe(recorded.length);
});

test('what is sent over HTTP while the brokers stand still for 14 s: each event that was kept is on the topic once, and has one answer', async () => {
  const events = FIRMS.slice(0, 10).map((siret, i) => {
    const contact = { contact: `gel-${i}`, on: '2010-05-11', by: 'CCI', means: 'CALL', outcome: 'INTERESTED' };
    return eventOf('cci-artois', 'firm-contact-sent', `${CLEAN}/${siret}`, { programme: CLEAN, siret, ...contact });
  });
  const token = await field.tokenOfPartner('cci-artois');
  const broker = field.stack.pids()['kafka'] ?? 0;
  const asked = [sendOverHttp(field, 'cci-artois', events[0] as SentEvent, { token })];
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.kill(broker, 'SIGSTOP');
  try {
    for (const event of events.slice(1)) {
      asked.push(sendOverHttp(field, 'cci-artois', event, { token }));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await new Promise((resolve) => setTimeout(resolve, 13_000));
  } finally {
    process.kill(broker, 'SIGCONT');
  }
  // Who was told that it is not known, or not kept, sends it again.
  for (const [i, { status }] of (await Promise.all(asked)).entries())
    if (status !== 202) await send('cci-artois', [events[i] as SentEvent]);
  await answersOf('cci-artois', events);
  const ids = new Set(events.map(({ id }) => id));
  const once = [...ids].sort();
  const records = await readAll(field.stack.broker, 'gpect.partner.cci-artois.in');
  expect(records.flatMap(({ headers: { ce_id: id = '' } }) => (ids.has(id) ? [id] : [])).sort()).toEqual(once);
  expect((await answersOf('cci-artois', events)).map(({ causationid }) => causationid).sort()).toEqual(once);
});

/** All that partners send at once, each in one request. */
async function sendByKafka(all: readonly { partner: string; events: readonly SentEvent[] }[]): Promise<void> {
  const producers = await Promise.all(
    all.map(async ({ partner, events }) => {
      const producer = kafkaAs(field, partner).producer();
      await producer.connect();
      return { producer, partner, events };
    }),
  );
  for (const { producer, partner, events } of producers) {
    const messages = events.map(({ data, ...attributes }) => ({
      key: attributes.subject,
      value: JSON.stringify(data),
      headers: {
        ce_specversion: '1.0',
        ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])),
      },
    }));
    await producer.send({ topic: `gpect.partner.${partner}.in`, acks: -1, messages });
  }
  await Promise.all(producers.map(({ producer }) => producer.disconnect()));
}

/** The answers to these events, once all are there. */
async function answersOf(partner: string, events: readonly SentEvent[]) {
  const asked = new Set(events.map(({ id }) => id));
  const found = await until(
    async () =>
      (await all(partner, true)).filter(
        ({ event }) => asked.has(event.causationid ?? '') && event.type.startsWith('fr.gpect.partner.event-'),
      ),
    (answers) => answers.length >= events.length,
    60_000,
  );
  return found.map(({ event }) => event);
}

/** Everything on a partner's topic, page by page. */
async function all(partner: string, any: boolean) {
  const found = [];
  for (let from = 0; any; ) {
    const page = await poll(field, partner, from);
    if (page.events.length === 0) break;
    found.push(...page.events);
    from = page.next;
  }
  return found;
}
