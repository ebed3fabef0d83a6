import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SHAPE, units } from '../../test/units.js';
import { Cube } from './cube.js';

const asked = fc.record({
  programme: fc.constantFrom('p', 'q'),
  where: fc.constantFrom({}, { basin: 'a' }, { carrier: "b'c", size: 'é"d' }),
  asOf: fc.constantFrom(undefined, '2008-01-31', '2010-06-15'),
  measures: fc.constantFrom(['detected'], ['spend:*'], ['spend:funder:*', 'survey'], ['nothing of this name']),
});
const isAsked = (measures: readonly string[], name: string) =>
  measures.some(
    (of) => name === of || (of.endsWith(':*') && (name.startsWith(of.slice(0, -1)) || name === of.slice(0, -2))),
  );

test('every firm of a programme says day by day what its facts say, and whether it is within a scope', async () => {
  await fc.assert(
    fc.asyncProperty(units, asked, async (all, { programme, where, asOf, measures }) => {
      const cube = await Cube.create(SHAPE);
      await cube.replace([], all);
      const found = await cube.firms({ programme, where, asOf, measures });
      cube.close();
      const firms = all.filter((unit) => unit.programme === programme && unit.firm !== undefined);
      expect(found.map(({ id }) => id).sort()).toEqual(firms.map(({ id }) => id).sort());
      for (const { id, isIn, place, said } of found) {
        const unit = firms.find((one) => one.id === id);
        expect(isIn).toBe(Object.entries(where).every(([name, value]) => unit?.place[name]?.includes(value)));
        expect(place).toMatchObject({ basin: unit?.place['basin'], carrier: unit?.place['carrier'] });
        const sums = new Map<string, number>();
        for (const [measure, day, amount] of unit?.facts ?? [])
          if (isAsked(measures, measure) && amount !== 0 && (!asOf || day <= asOf))
            sums.set(`${measure} ${day}`, (sums.get(`${measure} ${day}`) ?? 0) + amount);
        const told = [...said].flatMap(([measure, days]) => days.map(([day, amount]) => [`${measure} ${day}`, amount]));
        expect(Object.fromEntries(told)).toEqual(Object.fromEntries(sums));
        for (const days of said.values()) expect(days.map(([day]) => day)).toEqual(days.map(([day]) => day).sort());
      }
    }),
    { numRuns: 25, seed: 17 },
  );
}, 60_000);

test('firms are not told apart by what their facts have', async () => {
  const cube = await Cube.create(SHAPE);
  await expect(cube.firms({ programme: 'p', where: { year: '2008' }, measures: [] })).rejects.toThrow('not by facts');
  cube.close();
});
