import fc from 'fast-check';
import type { Firm } from './programme.js';

const places = fc.record({
  action: fc.constantFrom(['a1'], ['a2'], ['a3'], ['a4'], []),
  section: fc.constantFrom(['s1'], ['s2'], ['s3'], []),
  size: fc.constantFrom(['z1'], ['z2']),
});
const carriers: Record<string, string[]> = { a1: ['c1'], a2: ['c1', 'c2'], a3: ['c2'], a4: ['c3'] };

/** The dimensions in which {@link anyFirm} stands. */
export const FEW = ['action', 'carrier', 'section', 'size', 'wave', 'year'];

/** A firm of a programme of four actions and three carriers, at some step of its path. */
export const anyFirm = fc
  .record({
    at: places,
    step: fc.nat(4),
    spend: fc.integer({ min: -500, max: 50_000 }),
    year: fc.constantFrom('2009', '2010'),
  })
  .map(({ at, step, spend, year }): Firm => {
    const [action = ''] = at.action;
    const of = (measure: string, is: boolean, amount = 1) => (is ? [{ measure, year, amount }] : []);
    const put = Object.fromEntries(Object.entries(at).filter(([, values]) => values.length > 0));
    return {
      at: action === '' ? put : { ...put, carrier: carriers[action] ?? [], wave: [action < 'a3' ? 'w1' : 'w2'] },
      facts: [
        ...of('detected', true),
        ...of('qualified', step > 0),
        ...of('enrolled', step > 1),
        ...of('accompanied', step > 2),
        ...of('abandoned', step === 2),
        ...of('sessions', step > 2, step + (Math.abs(spend) % 5)),
        ...of('spend', step > 1 && spend !== 0, spend),
      ],
    };
  });
