import { isDeepStrictEqual } from 'node:util';
import { type Compared, compared, median, seconds } from './measure.js';
import { PROGRAMME } from './read-model.js';
import { CUBE, cells, Side } from './sides.js';

/** With ten sessions each. */
const FIRMS = Number(process.env['BENCH_FIRMS'] ?? 100_000);
const MANY_FIRMS = 10 * FIRMS;
const ROUNDS = 15;
/** The first rounds warm both sides up. */
const WARM_UP = 3;

const of = `programme=${PROGRAMME}`;

interface Question {
  readonly what: string;
  readonly path: string;
  /** Without estimates, which cells have none of. */
  readonly isOfFigures?: true;
  /** Milliseconds. */
  readonly aim?: number;
}

const FIGURES_OF_ALL: Question = {
  what: 'the figures of the bilan',
  path: `/bilan?${of}`,
  isOfFigures: true,
  aim: 120,
};

/** What both are asked. */
const QUESTIONS: readonly Question[] = [
  FIGURES_OF_ALL,
  { what: 'those of a basin', path: `/bilan?${of}&basin=b7`, isOfFigures: true },
  {
    what: 'spend, basins by NAF section',
    path: `/bilan/table?${of}&indicator=spend&rows=basin&columns=section`,
  },
  { what: 'sessions, actions by year', path: `/bilan/table?${of}&indicator=sessions&rows=action&columns=year` },
  { what: 'one figure with its provenance', path: `/bilan/figures/sessions?${of}` },
];

/** What cells cannot be asked: they have two dimensions at most, and no estimates. */
const OF_THE_CUBE_ALONE: readonly Question[] = [
  { what: 'the bilan with its estimates', path: `/bilan?${of}` },
  {
    what: 'sessions, basins by NAF section by size',
    path: `/bilan/cross?${of}&indicator=sessions&by=basin,section,size`,
    aim: 100,
  },
];

/** Another one each time, so that no answer is remembered. */
const dayOf = (round: number): string => `2012-05-${10 + round}`;

/** Reporting that counts in cells against the one with a cube, side by side, with 100 000 firms; the latter with a million too. */
export async function bilanQueries(): Promise<Compared[]> {
  return [...(await besideEachOther()), ...(await ofMany())];
}

async function besideEachOther(): Promise<Compared[]> {
  const sides: Side[] = [];
  try {
    const before = await Side.filled(cells(), FIRMS);
    sides.push(before);
    const now = await Side.filled(CUBE, FIRMS);
    sides.push(now);
    const rows = [
      compared('counting all firms', 's', await before.count(), await now.count(), {
        text: '15 times faster',
        isReached: (was = 0, is) => was / is >= 15,
      }),
      compared('another replica is ready', 's', undefined, await now.startReplica(), atMost(15, 's')),
    ];
    await requireSame(before, now);
    for (const question of QUESTIONS) {
      const times: { was: number; is: number }[] = [];
      for (let round = 0; round < ROUNDS; round++)
        times.push({ was: await msOf(before, question, round), is: await msOf(now, question, round) });
      const counted = times.slice(WARM_UP);
      rows.push(rowOf(question, median(counted.map((t) => t.is)), median(counted.map((t) => t.was))));
    }
    for (const question of OF_THE_CUBE_ALONE) rows.push(rowOf(question, await medianOf(now, question)));
    const [was, is] = [before.memory(), now.memory()];
    rows.push(compared('resident memory of reporting', 'MB', was.reporting, is.reporting));
    rows.push(compared('resident memory of its mongod', 'MB', was.mongod, is.mongod));
    return rows;
  } finally {
    for (const side of sides) await side.stop();
  }
}

/** @throws where both do not say the same: then what they take for it cannot be compared */
async function requireSame(before: Side, now: Side): Promise<void> {
  const [was, is] = (await Promise.all([before, now].map((side) => side.ask(`/bilan?${of}`, dayOf(ROUNDS))))) as {
    figures: Record<string, unknown>;
  }[];
  for (const [name, figure] of Object.entries(was?.figures ?? {}))
    if (!isDeepStrictEqual(figure, is?.figures[name]))
      throw new Error(
        `${name} is ${JSON.stringify(figure)} by cells, ${JSON.stringify(is?.figures[name])} by the cube`,
      );
}

async function ofMany(): Promise<Compared[]> {
  const many = `${MANY_FIRMS.toLocaleString('en')} firms`;
  let side: Side | undefined;
  try {
    const filling = await seconds(async () => {
      side = await Side.filled(CUBE, MANY_FIRMS);
    });
    process.stderr.write(`${many} are in MongoDB after ${Math.round(filling)} s\n`);
    if (!side) throw new Error('what was filled is there');
    return [
      compared(`${many}: counting all`, 's', undefined, await side.count()),
      rowOf(
        { ...FIGURES_OF_ALL, what: `${many}: ${FIGURES_OF_ALL.what}`, aim: 2000 },
        await medianOf(side, FIGURES_OF_ALL),
      ),
      compared(`${many}: resident memory of reporting`, 'MB', undefined, side.memory().reporting),
    ];
  } finally {
    await side?.stop();
  }
}

async function medianOf(side: Side, question: Question): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await msOf(side, question, round));
  return median(times.slice(WARM_UP));
}

const msOf = async (side: Side, { path, isOfFigures }: Question, round: number) =>
  1000 * (await seconds(() => side.ask(path, dayOf(round), isOfFigures)));

const rowOf = ({ what, aim }: Question, is: number, was?: number): Compared =>
  compared(what, 'ms', was, is, aim === undefined ? undefined : atMost(aim, 'ms'));

const atMost = (most: number, unit: string) => ({
  text: `${most} ${unit} or less`,
  isReached: (_: number | undefined, is: number) => is <= most,
});
