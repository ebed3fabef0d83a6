import { freePorts } from '@gpect/local-servers/ports';
import { inTruthShape } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { loadProgramme } from '@gpect/programme/load';
import { quiet } from '@gpect/programme/progress';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Field, openField, sampleAs, truth, whenDone } from './harness.js';
import { againAndAgain, askReporting, bilanOf } from './reporting-builds.js';

type Replica = Awaited<ReturnType<Field['stack']['replica']>>;

const programme = 'repliques';
let field: Field;
let ports: number[];
const replicas: Replica[] = [];
const begin = async (port = 0): Promise<Replica> => {
  const replica = await field.stack.replica('reporting', port);
  replicas.push(replica);
  return replica;
};

beforeAll(async () => {
  field = await openField();
  ports = await freePorts(3);
});
afterAll(async () => {
  await Promise.all(replicas.map(({ child }) => child.stop()));
  await field.stop();
});

/** What replicas answered, by the offsets that they told with it. */
class Answers {
  readonly #byOffsets = new Map<string, { readonly text: string; readonly by: Set<string> }>();

  /** Asks one; true where it answered. */
  async of(url: string): Promise<boolean> {
    const answer = await askReporting(field, url, '/bilan', { programme });
    if (answer.status !== 200) return false;
    const offsets = JSON.stringify(bilanOf(answer).provenance.topics);
    const same = this.#byOffsets.get(offsets) ?? { text: answer.text, by: new Set() };
    this.#byOffsets.set(offsets, same);
    same.by.add(url);
    expect(answer.text).toBe(same.text);
    return true;
  }

  /** Instants of which so many replicas told. */
  toldBy(least: number): number {
    return [...this.#byOffsets.values()].filter(({ by }) => by.size >= least).length;
  }
}

test('three replicas of one database, of which one is killed under load, and one that comes late: at the same offsets they agree to the byte', async () => {
  const [victim, second] = [await begin(ports[0]), await begin(ports[1])];
  const answers = new Answers();
  const urls = new Set([field.stack.urls.reporting, second.url, victim.url]);
  const questions = againAndAgain(async () => {
    const answered = await Promise.all([...urls].map((url) => answers.of(url)));
    return answered.some(Boolean);
  });
  let late: Promise<Replica> | undefined;
  const killed = whenDone('détections', 6, () => victim.child.kill('SIGKILL'));
  const joined = whenDone('dépenses', 3, () => {
    late = begin(ports[2]).then((replica) => {
      urls.add(replica.url);
      return replica;
    });
    late.catch(() => undefined);
  });
  await loadProgramme(field.api, sampleAs(programme), {
    ...killed,
    begin: (name, total) => {
      killed.begin(name, total);
      joined.begin(name, total);
    },
    step: (name) => {
      killed.step(name);
      joined.step(name);
    },
  });
  expect(late).toBeDefined();
  const last = await late;
  // However slow the machine is: events come until it was asked so often while they did.
  for (let more = 1; questions.times() <= 10; more++)
    await loadProgramme(field.api, sampleAs(`${programme}-${more}`), quiet);
  await caughtUp(field.api);
  await questions.end();
  expect(victim.child.running()).toBe(false);

  for (const url of [field.stack.urls.reporting, second.url, last?.url ?? '']) {
    expect(await answers.of(url)).toBe(true);
    expect(inTruthShape(bilanOf(await askReporting(field, url, '/bilan', { programme })))).toEqual(truth);
  }
  expect(answers.toldBy(3)).toBeGreaterThan(0);
  console.info(`instants told of by two: ${answers.toldBy(2)}, by three: ${answers.toldBy(3)}`);
});
