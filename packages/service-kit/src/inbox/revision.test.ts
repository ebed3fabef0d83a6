import type { EventType } from '@gpect/contracts/event-contracts';
import { EVENT_TYPES } from '@gpect/contracts/event-contracts';
import { describe, expect, jest, test } from '@jest/globals';
import type { RecordedEvent } from '../events/event.js';
import { functionsOf, shapeOf } from './function-shape.js';
import { type Keeper, revisionOf } from './revision.js';

const DETECTED = 'fr.gpect.enrolment.firm-detected.v1';

/** What is kept of detections. */
const keeping = (read: (event: RecordedEvent<typeof DETECTED>) => readonly unknown[], more: object = {}): Keeper => ({
  ...more,
  types: [DETECTED],
  changesOf: read as Keeper['changesOf'],
});
const shapesOf = (keeper: Keeper) => functionsOf(keeper).map(shapeOf);

describe('a revision', () => {
  const usual = keeping(({ data }) => (data.headcount >= 50 ? [{ id: data.siret, set: { naf: data.naf } }] : []));

  test('is a short text, and the same each time', () => {
    expect(revisionOf(usual)).toMatch(/^[0-9a-f]{16}$/);
    expect(revisionOf(usual)).toBe(revisionOf({ ...usual }));
  });

  test('is the same whatever comments stand in its functions, and however it is called', () => {
    const commented = keeping(
      ({ data }) =>
        // Large ones.
        data.headcount >= 50 ? [{ id: data.siret, set: { naf: data.naf } }] : [],
      { name: 'large', labelFr: 'Grandes' },
    );
    expect(revisionOf(commented)).toBe(revisionOf(usual));
  });

  test.each([
    ['a threshold', keeping(({ data }) => (data.headcount >= 49 ? [{ id: data.siret, set: { naf: data.naf } }] : []))],
    [
      'the name of a field',
      keeping(({ data }) => (data.headcount >= 50 ? [{ id: data.siret, set: { ape: data.naf } }] : [])),
    ],
    ['its types', { ...usual, types: [DETECTED, 'fr.gpect.enrolment.firm-declined.v1'] as EventType[] }],
    ['a function that it has beside', { ...usual, reads: { of: () => [1] } } as Keeper],
  ])('changes with %s', (_what, changed) => {
    expect(revisionOf(changed)).not.toBe(revisionOf(usual));
  });
});

describe('what the text of a keeper does not say is seen by what it makes of events', () => {
  test.each<[string, (value: never) => Keeper, unknown, unknown]>([
    [
      'a threshold of a helper',
      (least: number) => {
        const isLarge = (count: number) => count >= least;
        return keeping(({ data }) => [{ id: data.siret, set: { isLarge: isLarge(data.headcount) } }]);
      },
      50,
      51,
    ],
    [
      'a constant',
      (collection: string) => keeping(({ data }) => [{ collection, id: data.siret }]),
      'firms',
      'companies',
    ],
    [
      'a table by section of activity',
      (section: Record<string, string>) =>
        keeping(({ data }) => [{ id: data.siret, section: section[data.naf.slice(0, 2)] ?? '' }]),
      { 25: 'C', 62: 'J' },
      { 25: 'C', 62: 'K' },
    ],
    [
      'a year from which something holds',
      (year: number) => keeping(({ data }) => (Number(data.detectedOn.slice(0, 4)) < year ? [{ id: data.siret }] : [])),
      2012,
      2013,
    ],
    [
      'what is made of the first event of an aggregate',
      (first: number) => keeping((event) => (event.sequence === first ? [{ id: event.subject }] : [])),
      1,
      2,
    ],
    ['what is made of the subject', (at: number) => keeping(({ subject }) => [{ id: subject.split('/')[at] }]), 0, 1],
    [
      'what it refuses',
      (reason: string) =>
        keeping(({ data }) => {
          if (data.headcount > 100) throw new Error(reason);
          return [];
        }),
      'too large',
      'far too large',
    ],
  ])('%s', (_what, keeperWith, before, now) => {
    const [one, other] = [keeperWith(before as never), keeperWith(now as never)];
    expect(shapesOf(one)).toEqual(shapesOf(other));
    expect(revisionOf(one)).not.toBe(revisionOf(other));
    expect(revisionOf(one)).toBe(revisionOf(keeperWith(before as never)));
  });
});

describe('a contract that grows', () => {
  const events = [
    { of: 'example 0', differs: '', data: { a: 1 } },
    { of: 'example 0', differs: '/a = 2', data: { a: 2 } },
  ];
  const whole = [
    { of: 'whole 0', differs: '', data: { a: 1, b: 'x' } },
    { of: 'whole 0', differs: '/a = 2', data: { a: 2, b: 'x' } },
    { of: 'whole 0', differs: '/b = "y"', data: { a: 1, b: 'y' } },
  ];

  test.each<[string, unknown[], (data: { a: number; b?: string }) => unknown, boolean]>([
    ['by a field of which nothing is made changes no revision', [...events, ...whole], ({ a }) => a, true],
    ['by a field of which something is made changes it', [...events, ...whole], ({ a, b }) => [a, b], false],
    [
      'by a value of which something else is made changes it',
      [...events, { of: 'example 0', differs: '/a = 3', data: { a: 3 } }],
      ({ a }) => a,
      false,
    ],
  ])('%s', async (_what, grown, made, isSame) => {
    const withGolden = async (golden: unknown[]) => {
      jest.resetModules();
      jest.unstable_mockModule('@gpect/contracts/golden/golden-events', () => ({ goldenEvents: () => golden }));
      const { revisionOf: revisionWith } = await import('./revision.js');
      return revisionWith({ types: [DETECTED], changesOf: ({ data }) => [made(data as never)] });
    };
    expect((await withGolden(grown)) === (await withGolden(events))).toBe(isSame);
  });
});

test('of fifty types it is there at once', () => {
  const all: Keeper = { types: EVENT_TYPES.slice(0, 50), changesOf: ({ data }) => [{ set: data }] };
  const took = [1, 2, 3].map(() => {
    const begun = performance.now();
    revisionOf(all);
    return performance.now() - begun;
  });
  expect(Math.min(...took)).toBeLessThan(1000);
});
