import { Chances } from '@gpect/test-kit/chances';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ReadModelInUse, startReadModels } from '../../test/feed.js';
import { compared } from '../../test/slowly.js';
import type { Question } from '../cube/cell.js';
import type { Change } from '../facts/change.js';
import type { Feed } from './feed.js';

let servers: Awaited<ReturnType<typeof startReadModels>>;
beforeAll(async () => {
  servers = await startReadModels();
}, 120_000);
afterAll(() => servers.stop());

const PROGRAMMES = ['p', 'q'];
const BASINS = ['b1', 'b2', 'b3'];
const QUESTIONS: readonly Question[] = [
  { programmes: ['p'], by: [] },
  { programmes: ['p', 'q'], by: ['programme', 'basin'] },
  { programmes: ['q'], by: ['carrier', 'year', 'size'] },
  { programmes: ['p'], by: ['section', 'wave'], where: { basin: 'b1' } },
  { programmes: ['p'], by: ['region'], asOf: '2009-06-30' },
];

/** What some event might change, in any order: a firm before it is detected, an action after its firms. */
function someChange({ below, oneOf }: Chances): Change {
  const [programme, siret] = [oneOf(PROGRAMMES), `s${below(12)}`];
  const day = `${2008 + below(3)}-0${1 + below(9)}-${10 + below(18)}`;
  const action = `a${below(2)}`;
  const firm = (set: object, newest?: Change['newest']): Change => ({
    collection: 'firms',
    id: `${programme}/${siret}`,
    set: { programme, siret, ...set },
    ...(newest ? { newest } : {}),
  });
  return oneOf<() => Change>([
    () =>
      firm({ action, basin: oneOf(BASINS), naf: oneOf(['25.62B', '43.99C']), headcount: below(300), detectedOn: day }),
    () => firm({ commune: oneOf(['59036', '62041', '75056']) }),
    () => firm({ enrolledOn: day, qualified: '' }),
    () => firm({ completedOn: day }),
    () =>
      firm({}, { [`held.S${below(4)}`]: { q: below(9), on: day, halfDays: 1 + below(2), theme: 'skills' } as never }),
    () =>
      firm(
        {},
        {
          [`paid.A${below(4)}`]: {
            q: below(9),
            on: day,
            funder: 'f',
            scheme: 'PLAN',
            cents: below(9999) - 999,
          } as never,
        },
      ),
    () => ({ collection: 'moves', id: siret, set: { successor: `s${below(12)}` } }),
    () => ({
      collection: 'actions',
      id: `${programme}/${action}`,
      set: {
        programme,
        action,
        basins: [oneOf(BASINS)],
        carriers: [{ code: `c${below(3)}`, name: 'C' }],
        startsOn: day,
      },
    }),
    () => ({ collection: 'workshops', id: `${programme}/w${below(5)}`, set: { programme, action, heldOn: day } }),
    () => ({
      collection: 'programmes',
      id: programme,
      set: { name: 'P', targetHeadcount: 50 + below(200), basins: BASINS },
    }),
  ])();
}

let asked = 0;
const answerOf = (feed: Feed, question: Question) =>
  feed.answer(`question ${asked++}`, async ({ cube }) => compared(await cube.ask(question)));

async function expectExact(model: ReadModelInUse, feeds: readonly Feed[]): Promise<void> {
  for (const question of QUESTIONS) {
    const truth = compared(await model.slowly(question));
    const bytes = [];
    for (const feed of feeds) {
      const answer = await answerOf(feed, question);
      expect({ question, answer }).toEqual({ question, answer: truth });
      bytes.push(JSON.stringify(answer));
    }
    expect(new Set(bytes).size).toBe(1);
  }
}

test.each([1, 2, 3])(
  'random changes by several writers: two replicas say what all documents say, seed %i',
  async (seed) => {
    const chances = new Chances(seed * 7919);
    const model = await servers.fresh();
    const feeds = [model.feed(), model.feed()];
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 3; i++)
        // As partitions do, each writer has programmes of its own.
        await model.write(
          `topic/${i}`,
          Array.from({ length: 1 + chances.below(15) }, () => someChange(chances)),
        );
      // The second replica is asked more seldom: it has more to take.
      await expectExact(model, round % 3 === 2 ? feeds : feeds.slice(0, 1));
    }
    await expectExact(model, [...feeds, model.feed()]);
  },
  60_000,
);

test('positions and figures are of one instant while others write without a pause', async () => {
  const model = await servers.fresh();
  const feed = model.feed();
  let writing = true;
  const writer = (async () => {
    for (let n = 1; writing; n++)
      await model.write('topic/0', [
        { collection: 'firms', id: `p/s${n}`, set: { programme: 'p', siret: `s${n}`, detectedOn: '2008-01-01' } },
      ]);
  })();
  try {
    for (let i = 0; i < 25; i++) {
      const { next, detected, documents } = await feed.answer(`steady ${i}`, async ({ cube, positions, session }) => ({
        next: positions.get('topic/0') ?? 0,
        detected: (await cube.ask({ programmes: ['p'], by: [] }))[0]?.of.get('detected')?.value ?? 0,
        documents: await model
          .collection('firms')
          .countDocuments({}, session ? { session } : {})
          .catch(() => undefined),
      }));
      expect(detected).toBe(next);
      // Outside of a snapshot the same heads before and after make it one instant.
      if (documents !== undefined) expect(documents).toBe(next);
    }
  } finally {
    writing = false;
    await writer;
  }
}, 60_000);
