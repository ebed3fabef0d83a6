import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compared, slowly } from '../../test/slowly.js';
import { question, SHAPE, units } from '../../test/units.js';
import type { Unit } from './cell.js';
import { Cube } from './cube.js';

async function withCube(work: (cube: Cube) => Promise<void>): Promise<void> {
  const cube = await Cube.create(SHAPE);
  try {
    await work(cube);
  } finally {
    cube.close();
  }
}

test('any question of any units is answered as all facts say one by one', async () => {
  await fc.assert(
    fc.asyncProperty(units, fc.array(question, { minLength: 5, maxLength: 5 }), (all, questions) =>
      withCube(async (cube) => {
        await cube.replace([], all);
        for (const asked of questions)
          expect(compared(await cube.ask(asked))).toEqual(compared(slowly(all, asked, SHAPE)));
      }),
    ),
    { numRuns: 25 },
  );
}, 60_000);

test('several cuts of one question are each answered as if they were asked alone', async () => {
  const cuts = fc.array(
    fc.shuffledSubarray(
      SHAPE.dimensions.map((d) => d.name),
      { maxLength: 3 },
    ),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(units, question, cuts, (all, { by: _by, ...asked }, asCut) =>
      withCube(async (cube) => {
        await cube.replace([], all);
        const answers = await cube.askCuts(asked, asCut);
        expect(answers.map(compared)).toEqual(asCut.map((by) => compared(slowly(all, { ...asked, by }, SHAPE))));
      }),
    ),
    { numRuns: 15 },
  );
}, 60_000);

test('units that are replaced and removed many times are as if they had been put there once', async () => {
  const steps = fc.array(fc.tuple(units, fc.array(fc.nat({ max: 20 }))), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(steps, question, (all, asked) =>
      withCube(async (cube) => {
        const there = new Map<string, Unit>();
        for (const [some, numbers] of all) {
          const gone = [...some.map(({ id }) => id), ...numbers.flatMap((n) => [`p/${n}`, `q/${n}`])];
          await cube.replace(gone, some);
          for (const id of gone) there.delete(id);
          for (const unit of some) there.set(unit.id, unit);
        }
        expect(compared(await cube.ask(asked))).toEqual(compared(slowly([...there.values()], asked, SHAPE)));
      }),
    ),
    { numRuns: 15 },
  );
}, 60_000);

test('tables that are written anew, most of what was written being gone, say the same', () =>
  withCube(async (cube) => {
    const some = (round: number): Unit[] =>
      Array.from({ length: 1500 }, (_, i) => ({
        id: `p/${i}`,
        programme: 'p',
        firm: `${i}`,
        place: { basin: [i % 2 ? 'a' : 'b'] },
        facts: [['spend', '2008-01-01', round * 1000 + i]],
      }));
    for (let round = 0; round < 8; round++)
      await cube.replace(
        some(round).map(({ id }) => id),
        some(round),
      );
    const asked = { programmes: ['p'], by: ['basin'] };
    expect(compared(await cube.ask(asked))).toEqual(compared(slowly(some(7), asked, SHAPE)));
    await cube.replace(['p/0'], []);
    expect(compared(await cube.ask(asked))).toEqual(compared(slowly(some(7).slice(1), asked, SHAPE)));
  }));

test('a firm of two programmes counts once where both are asked, and in each by itself', () =>
  withCube(async (cube) => {
    const inProgramme = (programme: string): Unit => ({
      id: `${programme}/1`,
      programme,
      firm: '1',
      place: {},
      facts: [['detected', '2008-01-01', 1]],
    });
    await cube.replace([], [inProgramme('p'), inProgramme('q')]);
    const firms = async (by: string[]) =>
      (await cube.ask({ programmes: ['p', 'q'], by })).map(({ of }) => of.get('detected')?.firms);
    expect([await firms([]), await firms(['programme'])]).toEqual([[1], [1, 1]]);
  }));

test('a change that fails leaves everything as it was', () =>
  withCube(async (cube) => {
    const unit = (id: string, amount: number): Unit => ({
      id,
      programme: 'p',
      firm: id,
      place: {},
      facts: [['spend', '2008-01-01', amount]],
    });
    await cube.replace([], [unit('a', 5)]);
    await expect(cube.replace(['a'], [unit('b', 7), unit('c', 0.5)])).rejects.toThrow();
    expect(compared(await cube.ask({ by: [] }))).toEqual(compared(slowly([unit('a', 5)], { by: [] }, SHAPE)));
  }));

test('a dimension that there is not is refused, asked for or in a restriction', () =>
  withCube(async (cube) => {
    await expect(cube.ask({ by: ['colour'] })).rejects.toThrow('there is no dimension colour');
    await expect(cube.ask({ by: [], where: { colour: 'red' } })).rejects.toThrow('there is no dimension colour');
  }));
