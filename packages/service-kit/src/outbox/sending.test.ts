import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LaneBatch, Outcome } from '../kafka/appender.js';
import { NoBroker } from '../kafka/brokers.js';
import { afterTry, sendAll } from './sending.js';

const producer = { id: '1', epoch: 0 };
const laneOf = (topic: string): LaneBatch => ({ topic, partition: 0, first: 0, messages: [] });
const quick = { unsure: false, patienceMs: 300, mayGoOn: async () => undefined, onWaiting: () => undefined };
const later = (maybe: boolean): Outcome => ({ kind: 'later', maybe, reason: 'away' });

test('what may be there is never taken for what is not, whatever brokers answer and however long it takes', () => {
  const outcomes = fc.oneof(
    fc.constant<Outcome>({ kind: 'appended' }),
    fc.constant<Outcome>({ kind: 'gap', reason: 'gap' }),
    fc
      .constantFrom('topic', 'partition', 'messages')
      .map((of): Outcome => ({ kind: 'refused', of, reason: 'no' }) as Outcome),
    fc
      .record({ maybe: fc.boolean(), away: fc.boolean() })
      .map(
        ({ maybe, away }): Outcome => ({ kind: 'later', maybe, reason: 'later', ...(away ? { away } : {}) }) as Outcome,
      ),
  );
  fc.assert(
    fc.property(outcomes, fc.boolean(), fc.nat(10_000), fc.nat(10_000), (outcome, maybe, elapsedMs, patienceMs) => {
      const after = afterTry({ outcome, maybe, elapsedMs, patienceMs });
      if (outcome.kind !== 'later') return after === outcome;
      if (after === 'again') return elapsedMs < patienceMs && !outcome.away;
      return after.kind === (maybe || outcome.maybe ? 'doubt' : 'refused');
    }),
  );
});

test('a partition that takes nothing holds up the others for its patience and no longer; what is certain is told apart from what may be there', async () => {
  const lanes = ['there', 'not-sent', 'maybe'].map(laneOf);
  const appended: string[] = [];
  const append = async (_: unknown, open: readonly LaneBatch[]): Promise<Outcome[]> =>
    open.map(({ topic }) => {
      appended.push(topic);
      return topic === 'there' ? { kind: 'appended' } : later(topic === 'maybe');
    });
  const began = performance.now();
  const settled = await sendAll({ append, reach: async () => undefined }, producer, lanes, quick);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(settled.map(({ kind }) => kind)).toEqual(['appended', 'refused', 'doubt']);
  expect(appended.filter((topic) => topic === 'there')).toHaveLength(1);
});

test('what may be there by one try is in doubt after the next, though that one surely was not sent', async () => {
  let tries = 0;
  const append = async (): Promise<Outcome[]> => [later(++tries === 1)];
  const [settled] = await sendAll({ append, reach: async () => undefined }, producer, [laneOf('t')], quick);
  expect(tries).toBeGreaterThan(1);
  expect(settled).toMatchObject({ kind: 'doubt' });
});

test('when no broker is there nothing is given up: it is an outage', async () => {
  const reach = async () => {
    throw new NoBroker('no broker answers');
  };
  const sent = sendAll({ append: async () => [later(false)], reach }, producer, [laneOf('t')], quick);
  await expect(sent).rejects.toThrow('no broker answers');
});

test('a broker that was away a moment ago holds up nobody again', async () => {
  const append = async (): Promise<Outcome[]> => [{ ...later(false), away: true } as Outcome];
  const began = performance.now();
  const patient = { ...quick, patienceMs: 60_000 };
  const [settled] = await sendAll({ append, reach: async () => undefined }, producer, [laneOf('t')], patient);
  expect(settled).toMatchObject({ kind: 'refused', of: 'partition' });
  expect(performance.now() - began).toBeLessThan(1000);
});
