import type { PositionDocument } from '@gpect/service-kit/inbox/positions';
import { expect, test } from '@jest/globals';
import { movedUnnoted, movesOf } from './builds-beside.js';

const NOTING = new Set(['now', 'next']);
const at = (next: number, set?: string, since?: number, asAt = next): PositionDocument => ({
  ...{ _id: 'topic/0', next },
  ...(set === undefined ? {} : { as: { set, at: asAt, ...(since === undefined ? {} : { since }) } }),
});
const isMoved = (before: PositionDocument | undefined, now: PositionDocument) =>
  movedUnnoted(movesOf(before ? [before] : [], NOTING), movesOf([now], NOTING));

test.each([
  ['by a build that notes nothing', at(5, 'before'), at(7, 'before')],
  ['by one that says nothing of itself', at(5), at(7)],
  ['by one that notes nothing, after one that does', at(5, 'now', 0), at(7, 'before')],
  ['by one that notes nothing and says the set of another', at(5, 'now', 0), at(7, 'now', 0, 5)],
  ['by one that notes nothing, and then by one that does', at(5, 'before'), at(9, 'now', 7)],
  ['by one that notes nothing, between two that do', at(5, 'now', 0), at(9, 'now', 7)],
  ['for the first time, by one that notes nothing', undefined, at(2, 'before')],
])('a partition was moved %s', (_how, before, now) => {
  expect(isMoved(before, now)).toBe(true);
});

test.each([
  ['where it stands still', at(5, 'before'), at(5, 'before')],
  ['by one that notes its changes', at(5, 'now', 0), at(9, 'now', 0)],
  ['by one that took it over where it stood', at(5, 'before'), at(9, 'now', 5)],
  ['by one that only says now that it has read its history', at(5, 'before'), at(5, 'now', 5)],
  ['for the first time, by one that notes its changes', undefined, at(3, 'now', 0)],
])('a partition was moved by nobody who notes nothing: %s', (_how, before, now) => {
  expect(isMoved(before, now)).toBe(false);
});
