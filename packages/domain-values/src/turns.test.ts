import { expect, test } from '@jest/globals';
import { mayBegin, Turns } from './turns.js';

const of = (sender: string, id = 0) => ({ sender, id });

test('who has sent hundreds keeps nobody waiting who sent one: senders are served in turn', () => {
  const turns = new Turns();
  const waiting = [...Array.from({ length: 300 }, (_, i) => of('large', i)), of('small')];
  const order: string[] = [];
  while (waiting.length > 290) {
    const next = turns.next(waiting, () => true);
    if (!next) break;
    turns.served(next);
    waiting.splice(waiting.indexOf(next), 1);
    order.push(`${next.sender} ${next.id}`);
  }
  expect(order.slice(0, 4)).toEqual(['large 0', 'small 0', 'large 1', 'large 2']);
});

test('the last place is for a sender that has none', () => {
  expect(mayBegin(of('a'), [of('a')], 3)).toBe(true);
  expect(mayBegin(of('a'), [of('a'), of('a')], 3)).toBe(false);
  expect(mayBegin(of('b'), [of('a'), of('a')], 3)).toBe(true);
  expect(mayBegin(of('c'), [of('a'), of('a'), of('b')], 3)).toBe(false);
  expect(mayBegin(of('a'), [], 1)).toBe(true);
});

test('whoever may not begin is passed over, and has its turn when it may', () => {
  const turns = new Turns();
  const waiting = [of('a', 1), of('b', 2)];
  expect(turns.next(waiting, ({ sender }) => sender === 'b')).toEqual(of('b', 2));
  expect(turns.next(waiting, () => false)).toBeUndefined();
  expect(turns.next(waiting, () => true)).toEqual(of('a', 1));
});
