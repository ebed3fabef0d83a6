import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Drawable, draw } from './draw.js';

const firm = fc.record({
  siret: fc.integer({ min: 1, max: 99_999 }).map((n) => String(n).padStart(14, '0')),
  basin: fc.constantFrom('artois', 'lens', 'sambre'),
  headcount: fc.constantFrom(3, 12, 60, 120, 300),
});
const frames = fc.uniqueArray(firm, { selector: (f) => f.siret, maxLength: 120 });

describe('a stratified sample', () => {
  test('is the fraction of the firms, and of each stratum but for rounding; each firm once, of every stratum one', () => {
    fc.assert(
      fc.property(frames, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(9999), (frame, fraction, seed) => {
        const { sirets, strata } = draw(frame, { method: 'STRATIFIED', fraction, seed });
        // More than the fraction only where a stratum of few gives its one.
        const least = Math.round(frame.length * fraction);
        expect(sirets.length).toBeGreaterThanOrEqual(least);
        if (strata.every((s) => s.frame * fraction >= 1)) expect(sirets).toHaveLength(least);
        expect(new Set(sirets).size).toBe(sirets.length);
        expect(strata.reduce((sum, s) => sum + s.drawn, 0)).toBe(sirets.length);
        expect(strata.reduce((sum, s) => sum + s.frame, 0)).toBe(frame.length);
        for (const s of strata) {
          expect(Math.abs(s.drawn - s.frame * fraction)).toBeLessThan(1);
          expect(s.drawn).toBeGreaterThanOrEqual(1);
        }
        const known = new Set(frame.map((f) => f.siret));
        for (const siret of sirets) expect(known.has(siret)).toBe(true);
      }),
    );
  });
  test('is drawn again by its seed, in whatever order the frame comes; another seed draws others', () => {
    const frame: Drawable[] = Array.from({ length: 200 }, (_, i) => ({
      siret: String(i).padStart(14, '0'),
      basin: i % 2 ? 'artois' : 'lens',
      headcount: 20,
    }));
    const method = { method: 'STRATIFIED', fraction: 0.25, seed: 2013 } as const;
    const first = draw(frame, method);
    expect(draw([...frame].reverse(), method)).toEqual(first);
    expect(draw(frame, { ...method, seed: 2014 }).sirets).not.toEqual(first.sirets);
  });
  test('every firm can be drawn: over many seeds each comes about as often', () => {
    const frame = Array.from({ length: 8 }, (_, i) => ({ siret: String(i), basin: 'b', headcount: 20 }));
    const times = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++)
      for (const siret of draw(frame, { method: 'STRATIFIED', fraction: 0.25, seed }).sirets)
        times.set(siret, (times.get(siret) ?? 0) + 1);
    // 500 expected of each, standard deviation 19: five of them either way.
    for (const { siret } of frame) expect(Math.abs((times.get(siret) ?? 0) - 500)).toBeLessThan(100);
  });
});

test('a stratum of one firm is drawn from, and the large ones give by what they lost most by rounding', () => {
  const of = (basin: string, count: number): Drawable[] =>
    Array.from({ length: count }, (_, i) => ({ siret: `${basin}${i}`, basin, headcount: 20 }));
  const { strata } = draw([...of('a', 1), ...of('b', 11), ...of('c', 10), ...of('d', 2)], {
    method: 'STRATIFIED',
    fraction: 0.25,
    seed: 1,
  });
  expect(strata.map(({ drawn }) => drawn)).toEqual([1, 2, 2, 1]);
});

test('a panel is what the earlier sample drew, as far as the frame has it, with the strata of the whole frame', () => {
  const frame: Drawable[] = ['1', '2', '3', '4'].map((siret, i) => ({
    siret,
    basin: i < 2 ? 'artois' : 'lens',
    headcount: 20,
  }));
  const gone = '9';
  expect(draw(frame, { method: 'PANEL', of: new Set(['2', '1', gone]) })).toEqual({
    sirets: ['1', '2'],
    strata: [
      { basin: 'artois', size: '10-49', frame: 2, drawn: 2 },
      { basin: 'lens', size: '10-49', frame: 2, drawn: 0 },
    ],
  });
});

test('two independent quarters share few firms, and a panel all of them', () => {
  const frame: Drawable[] = Array.from({ length: 460 }, (_, i) => ({
    siret: String(i).padStart(14, '0'),
    basin: `b${i % 15}`,
    headcount: [5, 20, 60, 150][i % 4] ?? 5,
  }));
  const quarter = (seed: number) => draw(frame, { method: 'STRATIFIED', fraction: 0.25, seed });
  const before = new Set(quarter(2010).sirets);
  const shared = quarter(2013).sirets.filter((siret) => before.has(siret));
  expect(shared.length).toBeLessThan(60);
  expect(draw(frame, { method: 'PANEL', of: before }).sirets).toEqual([...before].sort());
});

test('all is all', () => {
  const frame = [
    { siret: '2', basin: 'b', headcount: 20 },
    { siret: '1', basin: 'a', headcount: 5 },
  ];
  expect(draw(frame, { method: 'ALL' })).toEqual({
    sirets: ['1', '2'],
    strata: [
      { basin: 'a', size: '0-9', frame: 1, drawn: 1 },
      { basin: 'b', size: '10-49', frame: 1, drawn: 1 },
    ],
  });
});
