import { startCommands } from './command-to-figure.js';
import { type Compared, compared, median } from './measure.js';
import { CUBE, cells, type Kind, startStack } from './sides.js';

/** The first commands warm both sides up; the others count. */
const WARM_UP = 100;
const COMMANDS = 300;

/** From a command's 2xx to its figure in GET /bilan: both ways have servers and an enrolment of their own, and take turns. */
export async function freshness(): Promise<Compared[]> {
  const kinds: readonly Kind[] = [cells(), CUBE];
  const stacks: Awaited<ReturnType<typeof startStack>>[] = [];
  try {
    for (const kind of kinds) stacks.push(await startStack(kind, ['enrolment', 'reporting']));
    const ways = await Promise.all(
      stacks.map((stack, i) =>
        startCommands(stack, `/bilan?programme=latency${kinds[i]?.purpose}${kinds[i]?.ofFigures}`),
      ),
    );
    const times: number[][] = ways.map(() => []);
    for (let i = 0; i < COMMANDS; i++)
      for (const [k, once] of ways.entries()) {
        const took = await once();
        if (i >= WARM_UP) times[k]?.push(took);
      }
    const [was, is] = times.map(median);
    return [
      compared("from a command's 2xx to its figure", 'ms', was, is ?? Number.NaN, {
        text: 'no slower (5 % is noise)',
        isReached: (before = 0, now) => now <= 1.05 * before,
      }),
    ];
  } finally {
    for (const stack of stacks) await stack[Symbol.asyncDispose]();
  }
}
