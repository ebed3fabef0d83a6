import { type EventType, topicOf } from '@gpect/contracts/event-contracts';
import { describe, expect, test } from '@jest/globals';
import type { Kept } from './event-handler.js';
import { progressOf } from './kept-whole.js';
import { LEGACY } from './lacking.js';
import type { PositionDocument } from './positions.js';

const DECLINED = 'fr.gpect.enrolment.firm-declined.v1';
const DETECTED = 'fr.gpect.enrolment.firm-detected.v1';
const SPENT = 'fr.gpect.training-spend.spend-recorded.v1';
const [CASES, LINES] = [topicOf(DECLINED), topicOf(SPENT)];

const keeper = (revision: Kept['revision'], ...types: EventType[]): Kept => ({ name: 'firms', revision, types });
const at = (partition: string, next: number, set?: string, asAt = next): PositionDocument => ({
  ...{ _id: partition, next },
  ...(set === undefined ? {} : { as: { set, at: asAt } }),
});
const sets = (all: Record<string, string[]>) => new Map(Object.entries(all).map(([name, set]) => [name, new Set(set)]));
const line = (type: string, revision: Kept['revision']) => `${type} firms/${revision}`;

/** A build that keeps what is asked for, and one that keeps another revision of it. */
const SETS = sets({
  now: [DECLINED, SPENT, line(DECLINED, 'c0ffee'), line(SPENT, 'c0ffee')],
  before: [DECLINED, SPENT, line(DECLINED, 1), line(SPENT, 1)],
});
const KEPT = keeper('c0ffee', DECLINED, SPENT);
const progress = (positions: PositionDocument[], kept = KEPT, all = SETS) =>
  progressOf([kept], positions, all).get(`firms/${kept.revision}`);

describe('what is kept is read whole', () => {
  test('where nothing was read yet, or every partition of its topics stands where a build left it that keeps it', () => {
    expect(progress([])).toEqual({ whole: true, learnt: 0, until: 0 });
    const positions = [at(`${CASES}/0`, 5, 'now'), at(`${CASES}/1`, 0), at(`${LINES}/0`, 7, 'now')];
    expect(progress(positions)).toEqual({ whole: true, learnt: 12, until: 12 });
  });

  test('though topics of which it keeps nothing stand elsewhere', () => {
    const positions = [at(`${CASES}/0`, 5, 'now'), at(`${LINES}/0`, 7, 'before')];
    expect(progress(positions, keeper('c0ffee', DECLINED))).toMatchObject({ whole: true, until: 5 });
  });

  test('in revision 1, where a build of before that knew no names left a position', () => {
    const all = sets({ [LEGACY]: [DECLINED, line(DECLINED, 1)] });
    expect(progress([at(`${CASES}/0`, 5)], keeper(1, DECLINED), all)).toMatchObject({ whole: true });
    expect(progress([at(`${CASES}/0`, 5)], keeper('c0ffee', DECLINED), all)).toMatchObject({ whole: false });
  });
});

describe('what builds kept that knew no names', () => {
  const wasUnnamed = { ...keeper('c0ffee', DECLINED), wasUnnamed: true };

  test('is whole in whichever revision is said to be the same, where such a build left a position', () => {
    const all = sets({ plain: [DECLINED, DETECTED] });
    expect(progress([at(`${CASES}/0`, 5, 'plain')], wasUnnamed, all)).toMatchObject({ whole: true });
    expect(progress([at(`${CASES}/0`, 5, 'plain')], { ...wasUnnamed, wasUnnamed: false }, all)).toMatchObject({
      whole: false,
    });
  });

  test('is not whole where that build did not read its type, or knew other names', () => {
    const all = sets({ plain: [DETECTED], named: [DECLINED, `${DECLINED} others/1`] });
    for (const set of ['plain', 'named'])
      expect(progress([at(`${CASES}/0`, 5, set)], wasUnnamed, all)).toMatchObject({ whole: false });
  });
});

describe('what is kept is not read whole', () => {
  test.each([
    ['where one partition stands where a build left it that keeps another revision', at(`${LINES}/1`, 9, 'before'), 0],
    ['where a build left it of which nothing is known', at(`${LINES}/1`, 9, 'unheard-of'), 0],
    ['where an older build moved it since, which says nothing', at(`${LINES}/1`, 9, 'now', 6), 6],
  ])('%s', (_where, position, learnt) => {
    const positions = [at(`${CASES}/0`, 5, 'now'), position];
    expect(progress(positions)).toEqual({ whole: false, learnt: 5 + learnt, until: 14 });
  });

  test('where a type of it was never read, though the others of its topic were', () => {
    expect(progress([at(`${CASES}/0`, 5, 'now')], keeper('c0ffee', DECLINED, DETECTED))).toMatchObject({
      whole: false,
    });
  });

  test('while its history is read; how far is told as long as a build reads it that keeps it', () => {
    const learning = (set: string, until: number) => ({
      ...at(`${LINES}/0`, 9, 'before'),
      learnt: { set, until, at: 4 },
    });
    expect(progress([learning('now', 9)])).toEqual({ whole: false, learnt: 4, until: 9 });
    expect(progress([learning('before', 9)])).toEqual({ whole: false, learnt: 0, until: 9 });
    // The position moved since: it begins again.
    expect(progress([learning('now', 8)])).toEqual({ whole: false, learnt: 0, until: 9 });
  });
});

test('each that is kept is told by itself', () => {
  const positions = [at(`${CASES}/0`, 5, 'now'), at(`${LINES}/0`, 7, 'before')];
  const other: Kept = { name: 'lines', revision: 2, types: [SPENT] };
  const told = progressOf([keeper('c0ffee', DECLINED), other], positions, SETS);
  expect([...told].map(([key, { whole }]) => [key, whole])).toEqual([
    ['firms/c0ffee', true],
    ['lines/2', false],
  ]);
});
