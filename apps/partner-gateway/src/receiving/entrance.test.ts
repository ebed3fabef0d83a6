import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { expect, test } from '@jest/globals';
import { Entrance } from './entrance.js';

const message = (topic: string, key: string): OutgoingMessage => ({ topic, key, headers: {}, value: '' });

test('who only waited beside an event that is refused, or beside a topic that is not taken, is not refused', async () => {
  const release = new Map<string, () => void>();
  const entrance = new Entrance({
    publishEach: async (messages) => {
      await new Promise<void>((resolve) => release.set(messages[0]?.topic ?? '', resolve));
      return messages.map(({ key }) => (key === 'bad' ? { reason: 'too large', ofMessages: true } : undefined));
    },
    close: async () => undefined,
  });
  const first = entrance.publish([message('a', 'good')]);
  // Both go with the next request.
  const beside = [entrance.publish([message('a', 'good')]), entrance.publish([message('a', 'bad')])];
  const other = entrance.publish([message('b', 'good')]);
  release.get('b')?.();
  expect(await other).toBeUndefined();
  release.get('a')?.();
  expect(await first).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 10));
  release.get('a')?.();
  expect(await Promise.all(beside)).toEqual([undefined, { reason: 'too large', ofMessages: true }]);
});

test('who waits behind what the brokers do not answer is told with it that nothing was sent; it says of no other that it may be there', async () => {
  const sent: string[] = [];
  const entrance = new Entrance({
    publishEach: async (messages) => {
      sent.push(...messages.map(({ key }) => key));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return messages.map(() => ({ reason: 'not yet', ofMessages: false, maybe: true as const }));
    },
    close: async () => undefined,
  });
  const first = entrance.publish([message('a', 'first')]);
  const behind = entrance.publish([message('a', 'behind')]);
  expect(await first).toMatchObject({ maybe: true });
  expect((await behind)?.maybe).toBeUndefined();
  expect(sent).toEqual(['first']);
});
