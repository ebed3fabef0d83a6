import { expect, test } from '@jest/globals';
import { OpenTransactions } from './open-transactions.js';

test('a transaction is as old as it is seen open; one that ended is gone, the next one begins anew, and what nobody fetches here is forgotten', () => {
  const open = new OpenTransactions();
  const note = (stable: number, end: number, now: number) => open.note('t', 0, { stable, end }, now);
  note(5, 5, 0);
  expect(open.at(0)).toEqual([]);
  note(5, 7, 1000);
  note(5, 9, 61_000);
  expect(open.at(61_000)).toEqual([{ topic: 't', partition: 0, offset: 5, seconds: 60 }]);
  note(7, 9, 62_000);
  expect(open.at(63_000)).toMatchObject([{ offset: 7, seconds: 1 }]);
  note(9, 9, 64_000);
  expect(open.at(64_000)).toEqual([]);
  note(9, 10, 65_000);
  expect(open.at(100_000)).toEqual([]);
});
