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
  expect(await Promise.all(beside)).toEqual([undefined, 'too large']);
});
