import { expect, test } from '@jest/globals';
import type { IncomingMessage } from '../src/events/cloudevents.js';
import type { Batch } from '../src/kafka/batch.js';
import { BREATH_RECORDS } from '../src/kafka/breath.js';
import { InTurn, type InTurnOptions } from '../src/kafka/in-turn.js';

const LOG = { topic: 'id', connection: 1, refusals: 0, end: 1000 };

/** Partitions whose messages are taken a slice each in turn. */
function turns(more: Partial<InTurnOptions<Waiting>> = {}) {
  const taken: string[] = [];
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const at = (topic: string, what: string) => said.push(`${topic} ${what}`);
  const lines = new InTurn<Waiting>({
    read: (_topic, _partition, { message }) => message,
    slice: 10,
    atOnce: 2,
    take: async ({ topic, messages }) => {
      taken.push(`${topic} ${messages[0]?.offset}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return (messages.at(-1)?.offset ?? 0) + 1;
    },
    reached: (topic, _partition, next) => at(topic, `reached ${next}`),
    seek: (topic, _partition, offset) => at(topic, `seek ${offset}`),
    pause: (topic) => at(topic, 'pause'),
    resume: (topic) => at(topic, 'resume'),
    failed: (topic, _partition, offset, error) => said.push(`${topic} ${offset} ${String(error)}`),
    ...more,
  });
  /** Ends the slices under way, and those that follow, as many rounds as there are. */
  const serve = async (rounds = 1000) => {
    for (let i = 0; i < rounds && waiting.length > 0; i++) {
      for (const done of waiting.splice(0)) done();
      // Once more where others were given their turn in between.
      for (const _ of [1, 2]) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { lines, taken, said, serve };
}

interface Waiting {
  readonly bytes: number;
  readonly message: IncomingMessage;
}

const messages = (count: number, from = 0, value = '{}'): Waiting[] =>
  Array.from({ length: count }, (_, i) => ({
    bytes: value.length,
    message: { topic: '', partition: 0, offset: from + i, key: '', headers: {}, value },
  }));

test('who sends one event waits for a slice of those before it, not for all that a partner has sent', async () => {
  const { lines, taken, serve } = turns();
  lines.put('a', 0, messages(500), LOG);
  lines.put('b', 0, messages(1), LOG);
  await serve();
  expect(taken.slice(0, 3)).toEqual(['a 0', 'b 0', 'a 10']);
  expect(taken).toHaveLength(51);
});

test('twenty partners with much to take are served in turn: none a second time before each was served once', async () => {
  const { lines, taken, serve } = turns();
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
  for (const name of names) lines.put(name, 0, messages(50), LOG);
  lines.put('late', 0, messages(1), LOG);
  await serve();
  expect(taken.slice(0, 21).map((t) => t.split(' ')[0])).toEqual([...names, 'late']);
  for (let round = 1; round < 5; round++) {
    const begin = 1 + round * 20;
    expect(new Set(taken.slice(begin, begin + 20)).size).toBe(20);
    expect(taken.slice(begin, begin + 20).every((t) => t.endsWith(` ${round * 10}`))).toBe(true);
  }
});

test('those of one partition keep their order, whatever comes meanwhile', async () => {
  const { lines, taken, said, serve } = turns({ atOnce: 8 });
  lines.put('a', 0, messages(15), LOG);
  lines.put('a', 0, messages(15, 15), LOG);
  await serve();
  expect(taken).toEqual(['a 0', 'a 10', 'a 20']);
  expect(said).toEqual(['a reached 10', 'a reached 20', 'a reached 30']);
});

test('partitions that wait for something else give their turn away', async () => {
  const taken: string[] = [];
  const lines = turns({
    take: (batch: Batch) => {
      taken.push(batch.topic);
      if (!batch.topic.startsWith('waits')) return Promise.resolve(1);
      batch.giveWay?.();
      return new Promise(() => undefined);
    },
  }).lines;
  for (const name of ['waits 1', 'waits 2', 'waits 3', 'b']) lines.put(name, 0, messages(1), LOG);
  expect(taken).toEqual(['waits 1', 'waits 2', 'waits 3', 'b']);
});

test('a partition of which much waits is not fetched until half of that is taken; large events count by their size', async () => {
  const { lines, said, serve } = turns();
  lines.put('a', 0, messages(500), LOG);
  expect(said).toEqual(['a pause']);
  await serve(24);
  expect(said).not.toContain('a resume');
  await serve();
  expect(said.filter((what) => what.endsWith('resume'))).toEqual(['a resume']);
  lines.put('b', 0, messages(2, 0, 'x'.repeat(600_000)), LOG);
  expect(said).toContain('b pause');
});

test('of large events a turn takes few, one at the least', async () => {
  const { lines, taken, serve } = turns();
  lines.put('a', 0, messages(5, 0, 'x'.repeat(100_000)), LOG);
  lines.put('b', 0, messages(2, 0, 'x'.repeat(700_000)), LOG);
  await serve();
  expect(taken).toEqual(['a 0', 'b 0', 'a 2', 'b 1', 'a 4']);
});

test('assigned anew, what waits is thrown away and read again; a slice of before says nothing more', async () => {
  const { lines, taken, said, serve } = turns();
  lines.put('a', 0, messages(30), LOG);
  lines.drop();
  lines.put('a', 0, messages(5), LOG);
  await serve();
  expect(taken).toEqual(['a 0', 'a 0']);
  expect(said).toEqual(['a reached 5']);
});

test('a slice that was not taken whole is read again from where the database stands', async () => {
  const { lines, said } = turns({ take: async () => 3 });
  lines.put('a', 0, messages(5), LOG);
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['a reached 3', 'a seek 3']);
});

test('what cannot be helped by trying again is told, so that its partition is stopped', async () => {
  const { lines, said } = turns({ take: () => Promise.reject(new Error('no')) });
  lines.put('a', 0, messages(5), LOG);
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['a 0 Error: no']);
});

test('a partner whose records are tiny and very many stops nobody', async () => {
  const { lines, taken, serve } = turns({ slice: 100_000 });
  lines.put('a', 0, messages(300_000), LOG);
  lines.put('b', 0, messages(1), LOG);
  await serve();
  expect(taken).toEqual(['a 0', 'b 0', 'a 100000', 'a 200000']);
});

test('records that nothing comes of keep nothing else waiting: whatever comes meanwhile has its turn every thousand', async () => {
  let [since, most, all] = [0, 0, 0];
  let over: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const { lines } = turns({
    slice: 32,
    atOnce: 4,
    take: async ({ messages: slice }) => {
      if (since === 0)
        setImmediate(() => {
          since = 0;
        });
      since += slice.length;
      all += slice.length;
      most = Math.max(most, since);
      if (all === 200_000) over();
      return (slice.at(-1)?.offset ?? 0) + 1;
    },
  });
  for (const name of ['a', 'b', 'c', 'd']) lines.put(name, 0, messages(50_000), LOG);
  await ended;
  expect(most).toBeLessThanOrEqual(BREATH_RECORDS + 4 * 32);
});
