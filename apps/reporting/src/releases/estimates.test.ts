import { describe, expect, test } from '@jest/globals';
import { ESTIMATES } from '../estimates/registry.js';
import type { Estimated } from '../statistics/estimate.js';
import { type KeptEstimate, releasedEstimates } from './estimates.js';
import { maskedIn } from './make.js';

const rule = { leastFirms: 3, largestShare: 0.85, every: 'MONTH' } as const;
const id = ESTIMATES[0]?.id ?? '';
/** So many firms of which the first say something else. */
const of = (firms: number, changed = 0): Estimated => ({
  n: firms,
  counts: { rose: firms },
  values: { change: { value: firms / 1000 + changed / 10 } },
  behind: new Map(Array.from({ length: firms }, (_, i) => [`f${i}`, i < changed ? 'otherwise' : 'as before'])),
});
const released = (estimated: Estimated, before?: { date: string; kept: readonly KeptEstimate[] }, key = 'a key') =>
  releasedEstimates({ estimated: new Map([[id, estimated]]), before, rule, isMasked: maskedIn(new Map()), key });
const first = released(of(40));
const again = (estimated: Estimated) => released(estimated, { date: '2026-11-01', kept: first })[0]?.told;

describe('an estimate that is told a second time', () => {
  test.each([
    ['nothing changed', of(40)],
    ['two firms changed', of(40, 2)],
    ['two firms came', of(42)],
    ['two firms left', of(38)],
  ])('stays as it was, with its day, where %s', (_what, estimated) => {
    expect(again(estimated)).toEqual({ ...first[0]?.told, of: '2026-11-01' });
  });

  test.each([
    ['three firms changed', of(40, 3), 0.34],
    ['three firms came', of(43), 0.04],
    ['three firms left', of(37), 0.04],
  ])('is told anew where %s', (_what, estimated, change) => {
    expect(again(estimated)).toMatchObject({ values: { change: { value: change } } });
    expect(again(estimated)).not.toHaveProperty('of');
  });

  test('is held against the release in which it was told, not against the last one', () => {
    const second = released(of(40, 2), { date: '2026-11-01', kept: first });
    const third = released(of(40, 3), { date: '2026-12-01', kept: second })[0]?.told;
    expect(third).not.toHaveProperty('of');
    const carried = released(of(40, 1), { date: '2026-12-01', kept: second })[0]?.told;
    expect(carried?.of).toBe('2026-11-01');
  });

  test('that was masked stays so until three firms changed', () => {
    const few = released(of(9));
    expect(few[0]?.told.n).toBeNull();
    expect(released(of(11), { date: '2026-11-01', kept: few })[0]?.told.n).toBeNull();
    expect(released(of(12), { date: '2026-11-01', kept: few })[0]?.told.n).toBe(10);
  });
});

test('what is kept of firms is marks of eight bytes, other ones by another key', () => {
  const behind = first[0]?.behind ?? '';
  expect(Buffer.from(behind, 'base64')).toHaveLength(40 * 8);
  expect(released(of(40), undefined, 'another key')[0]?.behind).not.toBe(behind);
  expect(JSON.stringify(first)).not.toContain('f1');
});

test('after a release of before there were estimates, they are told', () => {
  expect(released(of(40), { date: '2026-11-01', kept: [] })[0]?.told.n).toBe(40);
});

describe('where a figure that counts the same firms is masked', () => {
  const part = (key: string, more: object = {}) => ({ ...of(20), key, labelFr: key, labelEn: key, ...more });
  const parts = [
    part('small', { at: { size: '0-9' } }),
    part('large', { at: { size: '50-99' } }),
    part('roles_clear', { countedBy: ['survey:asked:roles_clear'] }),
  ];
  const [counts] = ESTIMATES.find((estimate) => estimate.id === id)?.countedBy ?? [];
  const masking = (tables: Record<string, readonly (readonly [measure: string, at: Record<string, string>])[]>) =>
    maskedIn(
      new Map(
        Object.entries(tables).map(([grouping, cells]) => [
          grouping,
          cells.map(([measure, at]) => ({ at, of: [[measure, null] as const] })),
        ]),
      ),
    );
  const toldWith = (isMasked: ReturnType<typeof maskedIn>, before?: Parameters<typeof released>[1]) =>
    releasedEstimates({ estimated: new Map([[id, { ...of(40), parts }]]), before, rule, isMasked, key: 'a key' })[0]
      ?.told;
  const firmsTold = (told: ReturnType<typeof toldWith>) =>
    [told, ...(told?.parts ?? [])].map((of) => [of?.n, of?.counts['rose'], of?.values['change']?.value]);

  test('an estimate tells no number of firms, of a part neither, and its values as before', () => {
    const isMasked = masking({ '': [[counts ?? '', {}]] });
    expect(firmsTold(toldWith(isMasked))).toEqual([
      [null, null, 0.04],
      [null, null, 0.02],
      [null, null, 0.02],
      [null, null, 0.02],
    ]);
    // What stays as it was told is told like this, too.
    const before = { date: '2026-11-01', kept: released({ ...of(40), parts }) };
    expect(firmsTold(toldWith(isMasked, before))[0]).toEqual([null, null, 0.04]);
  });

  test('a part tells none where its figure is masked in its cell, or where what counts it alone is', () => {
    const isMasked = masking({
      size: [[counts ?? '', { size: '0-9' }]],
      '': [['survey:asked:roles_clear', {}]],
    });
    expect(firmsTold(toldWith(isMasked)).map(([n]) => n)).toEqual([40, null, 20, null]);
  });
});
