import { expect, test } from '@jest/globals';
import { databaseHealth, parkedHealth, pinging } from './kept-health.js';

/** A database that answers when it is told to. */
function databaseThat(answer: () => Promise<unknown>) {
  let questions = 0;
  const command = () => {
    questions++;
    return answer();
  };
  const connection = { name: 'x', getClient: () => ({ db: () => ({ command }) }) } as unknown;
  return { connection: connection as Parameters<typeof pinging>[0], questions: () => questions };
}

test('a database that takes the question and never answers is away, and is asked once', async () => {
  const { connection, questions } = databaseThat(() => new Promise(() => undefined));
  const ping = pinging(connection, 20);
  expect(databaseHealth(await ping()).state).toBe('failed');
  expect(databaseHealth(await ping()).state).toBe('failed');
  expect(questions()).toBe(1);
});

test('one that answers is up, and is asked anew each time', async () => {
  const { connection, questions } = databaseThat(async () => ({ ok: 1 }));
  const ping = pinging(connection);
  expect([databaseHealth(await ping()).state, databaseHealth(await ping()).state]).toEqual(['ok', 'ok']);
  expect(questions()).toBe(2);
});

test('one that refuses is a question that failed', async () => {
  const { connection } = databaseThat(async () => Promise.reject(new Error('refused')));
  await expect(pinging(connection)()).rejects.toThrow('refused');
});

test('a parked event is never a green light', () => {
  expect([0, 1, undefined].map((count) => parkedHealth(count).state)).toEqual(['ok', 'degraded', 'degraded']);
});
