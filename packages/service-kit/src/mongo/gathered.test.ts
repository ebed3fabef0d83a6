import { expect, test } from '@jest/globals';
import { Gathered } from './gathered.js';

/** Things of which each is its key in capitals; `z` is none. */
function gathered() {
  const read: string[][] = [];
  const things = new Gathered<string>(async (keys) => {
    read.push([...keys]);
    if (keys.includes('broken')) throw new Error('the database is away');
    return new Map(keys.filter((key) => key !== 'z').map((key) => [key, key.toUpperCase()]));
  });
  return { read, things };
}

test('what is asked for at the same time is read once, and each is given its own', async () => {
  const { read, things } = gathered();
  const later = Promise.resolve().then(() => things.find(['b', 'c']));
  const all = await Promise.all([things.find(['a', 'b', 'z']), things.find(['b', 'b']), things.find([]), later]);
  expect(all.map((found) => [...found])).toEqual([
    [
      ['a', 'A'],
      ['b', 'B'],
    ],
    [['b', 'B']],
    [],
    [
      ['b', 'B'],
      ['c', 'C'],
    ],
  ]);
  expect(read).toEqual([['a', 'b', 'z', 'c']]);
});

test('what is asked for while something is read is read anew, since it may have changed', async () => {
  const { read, things } = gathered();
  const first = things.find(['a']);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, things.find(['a'])]);
  expect(read).toEqual([['a'], ['a']]);
});

test('what cannot be read fails for all who asked for it, and for nobody after them', async () => {
  const { things } = gathered();
  const asked = [things.find(['a']), things.find(['broken'])];
  for (const one of await Promise.allSettled(asked)) expect(one).toMatchObject({ status: 'rejected' });
  expect([...(await things.find(['a']))]).toEqual([['a', 'A']]);
});
