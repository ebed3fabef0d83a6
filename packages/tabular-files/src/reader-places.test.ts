import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Leave, ReaderPlaces, ReadersBusy, type ReaderUser } from './reader-places.js';

const person = (sender: string): ReaderUser => ({ sender, kind: 'people' });
const file = (sender: string): ReaderUser => ({ sender, kind: 'file' });
const places = (atOnce: number, waiting = 8, patienceMs = 10_000) => new ReaderPlaces({ atOnce, waiting, patienceMs });

/** Who has begun, in their order; each leaves when it is told to. */
function watched(pool: ReaderPlaces) {
  const begun: string[] = [];
  const leaves = new Map<string, Leave>();
  return {
    begun,
    take(name: string, user: ReaderUser): Promise<string> {
      return pool.take(user).then(
        (leave) => {
          begun.push(name);
          leaves.set(name, leave);
          return 'begun';
        },
        (error: unknown) => (error instanceof ReadersBusy ? 'busy' : String(error)),
      );
    },
    async leave(name: string) {
      leaves.get(name)?.();
      await pause(1);
    },
  };
}

describe('readers of workbooks', () => {
  test('are never more at the same time than are allowed, whatever comes at once, and everybody has a turn', async () => {
    const pool = places(3, 1000);
    let [most, read] = [0, 0];
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const leave = await pool.take(i % 3 === 0 ? file(`f${i % 5}`) : person(`p${i % 7}`));
        most = Math.max(most, pool.counts.taken);
        await pause(i % 4);
        leave();
        leave();
        read++;
      }),
    );
    expect({ most, read, ...pool.counts }).toEqual({ most: 3, read: 200, taken: 0, waiting: 0 });
  });

  test('serve senders in turn: who sent many keeps nobody waiting behind all of them', async () => {
    const { take, leave, begun } = watched(places(1, 40));
    for (const name of ['a1', 'a2', 'a3', 'a4']) void take(name, person('a'));
    void take('b1', person('b'));
    for (const next of ['a1', 'b1', 'a2', 'a3']) {
      await pause(1);
      await leave(next);
    }
    expect(begun).toEqual(['a1', 'b1', 'a2', 'a3', 'a4']);
  });

  test('keep a place for people beside long files, and one for another funder beside the files of one', async () => {
    const { take, begun } = watched(places(3));
    for (const name of ['a1', 'a2']) void take(name, file('a'));
    await pause(1);
    expect(begun).toEqual(['a1']);
    void take('b1', file('b'));
    void take('c1', file('c'));
    await pause(1);
    expect(begun).toEqual(['a1', 'b1']);
    void take('a looks', person('a'));
    await pause(1);
    expect(begun).toEqual(['a1', 'b1', 'a looks']);
  });

  test('say that they are busy where too many wait, and where one sender has its share waiting: at once, and when to come again', async () => {
    const pool = places(1, 8);
    const { take } = watched(pool);
    void take('first', person('first'));
    void take('a1', person('a'));
    void take('a2', person('a'));
    await expect(pool.take(person('a'))).rejects.toMatchObject({ name: 'ReadersBusy', retryAfterSeconds: 20 });
    for (const name of ['b', 'c', 'd', 'e', 'f', 'g']) void take(name, person(name));
    expect(await take('h', person('h'))).toBe('busy');
    expect(pool.counts.waiting).toBe(8);
  });

  test('let nobody wait for ever: people are told to come again, files end their waiting when the service stops', async () => {
    const pool = places(1, 8, 30);
    const { take } = watched(pool);
    const stopping = new AbortController();
    await take('first', person('first'));
    const waiting = take('file', { ...file('f'), signal: stopping.signal });
    expect(await take('a', person('a'))).toBe('busy');
    stopping.abort();
    expect(await waiting).toBe('busy');
    expect(await take('late', { ...file('f'), signal: stopping.signal })).toBe('busy');
    expect(pool.counts).toEqual({ taken: 1, waiting: 0 });
  });
});
