import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import type { NotPublished } from '@gpect/service-kit/kafka/publisher';
import { expect, test } from '@jest/globals';
import { Entrance } from './entrance.js';

const message = (topic: string, key: string): OutgoingMessage => ({ topic, key, headers: {}, value: '' });

test('who only waited beside an event that is refused, or beside a topic that is not taken, is not refused', async () => {
  const release = new Map<string, () => void>();
  const entrance = new Entrance({
    publishEach: async (messages) => {
      await new Promise<void>((resolve) => release.set(messages[0]?.topic ?? '', resolve));
      return messages.map(({ key }) => (key === 'bad' ? { reason: 'too large', refused: 'size' as const } : undefined));
    },
    close: async () => undefined,
  });
  const first = entrance.publish([message('a', 'good')]);
  // Both go with the next request.
  const beside = [entrance.publish([message('a', 'good')]), entrance.publish([message('a', 'bad')])];
  const other = entrance.publish([message('b', 'good')]);
  release.get('b')?.();
  expect(await other).toEqual([undefined]);
  release.get('a')?.();
  expect(await first).toEqual([undefined]);
  await new Promise((resolve) => setTimeout(resolve, 10));
  release.get('a')?.();
  expect(await Promise.all(beside)).toEqual([[undefined], [{ reason: 'too large', refused: 'size' }]]);
});

test.each<[string, () => Promise<NotPublished[]>, object]>([
  ['may be there', async () => [{ reason: 'not yet', maybe: true }], { maybe: true }],
  ['is not there', async () => [{ reason: 'not yet' }], { reason: 'not yet' }],
])(
  'who waits behind what the brokers do not answer (it %s) is told with it that nothing was sent',
  async (_what, answer, first) => {
    const { entrance, sent, release } = opened(answer);
    const told = entrance.publish([message('a', 'first')]);
    const behind = entrance.publish([message('a', 'behind')]);
    release();
    expect((await told)[0]).toMatchObject(first);
    expect(await behind).toEqual([{ reason: 'the brokers do not answer' }]);
    expect(sent.map(({ keys }) => keys)).toEqual([['first']]);
  },
);

test('in a full outage too', async () => {
  const { entrance, sent, release } = opened(() => Promise.reject(new Error('no broker answers')));
  const told = entrance.publish([message('a', 'first')]).catch((error: Error) => error.message);
  const behind = [1, 2].map((n) => entrance.publish([message('a', 'behind'), message('a', `${n}`)]));
  release();
  expect(await told).toBe('no broker answers');
  const notSent = { reason: 'the brokers do not answer' };
  expect(await Promise.all(behind)).toEqual([1, 2].map(() => [notSent, notSent]));
  expect(sent.length).toBe(1);
});

test('behind a slow request each is told within its own time: who has little left is told that nothing was sent', async () => {
  const { entrance, sent, release, clock } = opened(async (keys) => keys.map(() => undefined));
  const first = entrance.publish([message('a', 'first')]);
  clock.now = 1000;
  const early = entrance.publish([message('a', 'early')]);
  clock.now = 15_000;
  const later = entrance.publish([message('a', 'later')]);
  clock.now = 24_000;
  release();
  expect(await first).toEqual([undefined]);
  expect(await early).toEqual([{ reason: 'the brokers do not answer' }]);
  release();
  expect(await later).toEqual([undefined]);
  expect(sent).toEqual([
    { keys: ['first'], withinMs: 25_000 },
    { keys: ['later'], withinMs: 16_000 },
  ]);
});

/** An entrance to brokers that answer when they are let. */
function opened(answer: (keys: readonly string[]) => Promise<(NotPublished | undefined)[]>) {
  const sent: { keys: string[]; withinMs: number | undefined }[] = [];
  const clock = { now: 0 };
  let ahead = 0;
  let waiting: (() => void)[] = [];
  const entrance = new Entrance(
    {
      publishEach: async (messages, withinMs) => {
        const keys = messages.map(({ key }) => key);
        sent.push({ keys, withinMs });
        if (ahead === 0) await new Promise<void>((resolve) => waiting.push(resolve));
        else ahead--;
        return answer(keys);
      },
      close: async () => undefined,
    },
    () => clock.now,
  );
  const release = () => {
    if (waiting.length === 0) ahead++;
    for (const one of waiting) one();
    waiting = [];
  };
  return { entrance, sent, release, clock };
}
