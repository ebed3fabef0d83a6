import fc from 'fast-check';
import type { Question, Unit } from '../src/cube/cell.js';

/** Dimensions of every kind. */
export const SHAPE = {
  dimensions: [
    { name: 'basin', of: 'firm' },
    { name: 'size', of: 'firm' },
    { name: 'carrier', of: 'firm, several' },
    { name: 'partner', of: 'firm, several' },
    { name: 'year', of: 'fact' },
    { name: 'theme', of: 'fact' },
    { name: 'programme', of: 'firm' },
  ],
  marks: ['idle'],
} as const;

const PROGRAMMES = ['p', 'q'];
/** Figures, parts, parts of parts, and what is told to nobody; names are data, whatever is in them. */
export const MEASURES = ['detected', 'spend', "spend:funder:o'pca", 'spend:scheme:PLAN', 'survey', '~survey:gained:q'];
const RESTS = [
  { measure: '~rest:a', total: 'spend', parts: ["spend:funder:o'pca", 'spend:scheme:PLAN'] },
  { measure: '~rest:b', total: 'detected', parts: ['never said'] },
];
const VALUES = ['', 'a', "b'c", 'é"d'];

const several = fc.subarray(VALUES.slice(1), { minLength: 0 });
const fact = fc.tuple(
  fc.constantFrom(...MEASURES),
  fc.constantFrom('0001-01-01', '2008-01-31', '2008-02-01', '2009-12-31', '2010-06-15'),
  fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
  fc.option(fc.constantFrom('skills', 'health'), { nil: undefined }),
);

/** A unit with a number for an id: as many as can be replaced by another. Firms are the same in all programmes. */
const unitOf = (numbers: fc.Arbitrary<number>): fc.Arbitrary<Unit> =>
  fc
    .record({
      number: numbers,
      programme: fc.constantFrom(...PROGRAMMES),
      isFirm: fc.boolean(),
      basin: fc.constantFrom(...VALUES),
      size: fc.constantFrom(...VALUES),
      carrier: several,
      partner: several,
      facts: fc.array(fact, { maxLength: 8 }),
    })
    .map(({ number, programme, isFirm, basin, size, carrier, partner, facts }) => ({
      id: `${programme}/${number}`,
      programme,
      ...(isFirm ? { firm: `${number % 7}`, isFirmOfSeveral: true } : {}),
      place: { basin: basin ? [basin] : [], size: size ? [size] : [], carrier, partner },
      facts,
    }));

/** Units of which no two have one id. */
export const units = fc
  .array(unitOf(fc.nat({ max: 20 })), { maxLength: 20 })
  .map((all) => [...new Map(all.map((unit) => [unit.id, unit])).values()]);

const names = SHAPE.dimensions.map(({ name }) => name);

/** Any question: any set of dimensions, in any order, within values of others, up to any day. */
export const question: fc.Arbitrary<Question> = fc
  .record(
    {
      programmes: fc.subarray(PROGRAMMES, { minLength: 1 }),
      by: fc.shuffledSubarray(names, { maxLength: 4 }),
      where: fc
        .subarray(
          names.filter((name) => name !== 'programme'),
          { maxLength: 2 },
        )
        .chain((of) =>
          fc
            .tuple(
              ...of.map((name) =>
                name === 'year'
                  ? fc.constantFrom('2008', '2010')
                  : name === 'theme'
                    ? fc.constantFrom('skills', 'none')
                    : fc.constantFrom(...VALUES.slice(1)),
              ),
            )
            .map((values) => Object.fromEntries(of.map((name, i) => [name, values[i] as string]))),
        ),
      asOf: fc.constantFrom('2007-12-31', '2008-01-31', '2010-06-15'),
      measures: fc.constantFrom(['detected'], ['spend:*'], ['spend', 'survey:*', 'nothing of this name']),
      rests: fc.subarray(RESTS),
    },
    { requiredKeys: ['by'] },
  )
  .map((asked) => (asked.measures ? { ...asked, rests: [] } : asked));
