import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, todayInParis } from '@gpect/domain-values/calendar';
import type { Actor } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { Chances } from '@gpect/test-kit/chances';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answered, type Ask, askEverything, type EstimateTold } from './attack/asking.js';
import {
  type Attacked,
  attacked,
  attackedOver,
  baseOf,
  type Found,
  found,
  isRecovered,
  widthOf,
} from './attack/attack.js';
import { besideReporting, countsFirms, isMoney, isOfNoFirm } from './attack/beside.js';
import { groupingOf, keyOf } from './attack/told.js';
import { SIRETS } from './firms.js';
import { bearerOf, enrolInArras, type Field, openField, quiet, SAMPLE, STATE } from './harness.js';

/**
 * Everything that one caller may ask of what was released, taken together: no number of one or two firms is found, and no
 * amount that one firm made. What is true is read beside the service, from its own database.
 */
const EVALUATOR: Actor = { roles: ['evaluator'] };
/** As many of the tightest secrets as are given to the solver, each with so many numbers around it. */
const SOLVED = { solve: 12, near: 1500 };

let field: Field;
let beside: Awaited<ReturnType<typeof besideReporting>>;
const made = mkdtempSync(join(tmpdir(), 'gpect-attack-'));
/** Firms that the drawn programme has detected. */
const detected = new Set<string>();
const sample = readFolder(SAMPLE);
const folders = { 'the sample': sample, 'a third of its firms': readFolder(drawn(0.33)) };

beforeAll(async () => {
  field = await openField();
  for (const folder of Object.values(folders)) {
    await loadProgramme(field.api, folder, quiet);
    await field.api.ask('reporting', STATE, '/releases', { programme: folder.rules.code });
  }
  beside = await besideReporting(field);
});
afterAll(async () => {
  await beside?.stop();
  await field?.stop();
  rmSync(made, { recursive: true, force: true });
});

/** The sample with some of its firms, drawn: another programme, smaller cells. */
function drawn(share: number): string {
  const dir = join(made, 'tirage');
  cpSync(SAMPLE, dir, { recursive: true });
  rmSync(join(dir, 'programme.json'));
  const chances = new Chances(16);
  for (const { code } of readFolder(dir).actions) {
    const file = join(dir, 'detections', `${code}.csv`);
    const [head = '', ...lines] = readFileSync(file, 'utf8').split(/(?<=\n)/);
    const kept = lines.filter(() => chances.maybe(share));
    for (const line of kept) detected.add(line.slice(0, 14));
    writeFileSync(file, head + kept.join(''));
  }
  return dir;
}

async function asking(actor: Actor, programme: string, more: Readonly<Record<string, string>> = {}): Promise<Ask> {
  const headers = await bearerOf(field, actor);
  return async (path, query) => {
    const of = path === '/bilans/compare' ? { programmes: programme } : { programme };
    const search = new URLSearchParams({ ...of, ...more, ...query });
    const response = await fetch(`${field.stack.urls.reporting}${path}?${search}`, { headers });
    return { status: response.status, body: await response.json() };
  };
}

async function csvOf(programme: string, query: Readonly<Record<string, string>>): Promise<string> {
  const search = new URLSearchParams({ programme, format: 'csv', ...query });
  const response = await fetch(`${field.stack.urls.reporting}/bilan/table?${search}`, {
    headers: await bearerOf(field, EVALUATOR),
  });
  return response.text();
}

const listed = async (path: string, name: 'dimensions' | 'indicators') =>
  ((await field.api.get('reporting', EVALUATOR, path)) as Record<string, { id?: string; name?: string }[]>)[name]?.map(
    ({ id, name: called }) => id ?? called ?? '',
  ) ?? [];

const there = async () => ({
  axes: (await listed('/dimensions', 'dimensions')).filter((axis) => axis !== 'programme'),
  indicators: await listed('/indicators', 'indicators'),
});

describe.each(Object.keys(folders) as (keyof typeof folders)[])('%s, by all that an evaluator may ask', (name) => {
  const programme = folders[name].rules.code;
  let ask: Ask;
  let answered: Answered;
  let truth: Awaited<ReturnType<typeof beside.truth>>;
  let secrets: Found[];

  beforeAll(async () => {
    ask = await asking(EVALUATOR, programme);
    answered = await askEverything(ask, await there());
    truth = await beside.truth(programme);
    const rows = { files: answered.rows, firms: truth.firms, date: todayInParis(new Date()) };
    const state = await asking(STATE, programme, { purpose: 'ce que les estimations cachent' });
    const { estimates: are } = (await state('/bilan', {})).body as { estimates: EstimateTold[] };
    const whole = answered.estimates.filter(([at]) => Object.keys(at).length === 0).map(([, estimate]) => estimate);
    const estimates = { told: [...new Map(whole.map((one) => [one.id, one])).values()], are };
    const attack = { estimates, told: answered.told, ...truth, isAmount: isMoney, countsFirms, rows };
    secrets = await found(attacked(attack), SOLVED);
  });

  test('one number is told the same whatever the question, and is what it is but for its rounding', () => {
    const { told } = answered;
    expect(told.questions).toBeGreaterThan(3000);
    expect(told.contradictions).toEqual([]);
    const wrong = [...told.numbers.values()].filter(({ at, measure, value }) => {
      const [figure = '', firms] = measure.split('#');
      const is = truth.numbers.get(keyOf(at, firms && countsFirms(figure) ? figure : measure));
      if (!is) return value !== 0 && value !== null;
      return value !== null && Math.abs(value - is.value) > Math.max(baseOf(is.largest, isMoney(measure)) / 2, 0);
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test('no number of one or two firms is told, nor an amount of which one firm makes more than 85 %', () => {
    const told = secrets.filter(({ name: key }) => {
      const { at, measure } = truth.numbers.get(key) ?? { at: {}, measure: '' };
      return (answered.told.valueOf(at, measure) ?? null) !== null;
    });
    expect(told.map((secret) => secret.name).slice(0, 5)).toEqual([]);
  });

  test('nothing is told of what one or two firms alone said or did, not even that it is nothing', () => {
    const firmsOf = (at: Readonly<Record<string, string>>, figure: string) =>
      truth.numbers.get(keyOf(at, countsFirms(figure) ? figure : `${figure}#firms`))?.value ?? 0;
    const parts = [...answered.told.numbers.values()].filter(({ at, measure }) => {
      const figure = measure.split(/[:#]/, 1)[0] ?? '';
      return measure.includes(':') && !isOfNoFirm(measure) && [1, 2].includes(firmsOf(at, figure));
    });
    expect(parts.length).toBeGreaterThan(50);
    expect(parts.filter(({ value }) => value !== null).slice(0, 5)).toEqual([]);
  });

  test('no secret is found by all sums between all answers', () => {
    expect(secrets.length).toBeGreaterThan(100);
    expect(
      secrets
        .filter(isRecovered)

        .slice(0, 5),
    ).toEqual([]);
    const narrowest = Math.min(...secrets.filter(({ isAmount }) => isAmount).map(widthOf));
    process.stderr.write(
      `${name}: ${secrets.length} secrets, 0 found; the narrowest amount is known to ${Math.round(100 * narrowest)} % of it\n`,
    );
  });

  test('of rows, so many firms are alike in each file, and no value of a class is of fewer than three', () => {
    expect(answered.rows.map(({ id }) => id)).toEqual(['path', 'delivery', 'survey', 'spend']);
    for (const { alike, columns, rows } of answered.rows) {
      const isOfFirm = (column: string) => ['section', 'size', 'region', 'wave', 'origin'].includes(column);
      const classes = new Map<string, (typeof rows)[number][]>();
      for (const row of rows) {
        const key = JSON.stringify(row.filter((_, i) => isOfFirm(columns[i] ?? '')));
        classes.set(key, [...(classes.get(key) ?? []), row]);
      }
      for (const of of classes.values()) {
        expect(of.length % alike).toBe(0);
        for (const [i, column] of columns.entries()) {
          if (isOfFirm(column) || column === 'release') continue;
          const counts = new Map<unknown, number>();
          for (const row of of) counts.set(row[i], (counts.get(row[i]) ?? 0) + 1);
          expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(3);
        }
      }
    }
    const told = answered.rows.map(({ id, rows }) => `${id} ${rows.length}`).join(', ');
    process.stderr.write(`${name}: rows told: ${told}\n`);
  });

  test('numbers of firms behind estimates are told to five, or not at all, and values to what hides a firm', async () => {
    const state = await asking(STATE, programme, { purpose: 'ce que les estimations cachent' });
    const { estimates } = (await state('/bilan', {})).body as { estimates: EstimateTold[] };
    const isOf = new Map(estimates.map((estimate) => [estimate.id, estimate]));
    const whole = answered.estimates.filter(([at]) => Object.keys(at).length === 0);
    expect(whole.length).toBeGreaterThan(0);
    const numbersOf = (part: EstimateTold | NonNullable<EstimateTold['parts']>[number]) => [
      ['n', part.n] as const,
      ...part.counts.map(({ name, count }) => [name, count] as const),
    ];
    const partsOf = (estimate: EstimateTold) => [
      ['', estimate] as const,
      ...(estimate.parts ?? []).map((part) => [part.key, part] as const),
    ];
    for (const [, estimate] of whole) {
      const truths = new Map(partsOf(isOf.get(estimate.id) as EstimateTold).map(([key, part]) => [key, part]));
      for (const [key, part] of partsOf(estimate)) {
        const is = truths.get(key);
        const counts = new Map(is ? numbersOf(is) : []);
        for (const [count, said] of numbersOf(part)) {
          if (said === null || said === 0) continue;
          expect([estimate.id, key, count, said % 5]).toEqual([estimate.id, key, count, 0]);
          expect(Math.abs(said - (counts.get(count) ?? 0))).toBeLessThanOrEqual(5);
        }
        // The ends of an interval of a median are what single firms say: of few firms they would be known.
        for (const { name: value, unit, low, high } of part.values)
          if (value.startsWith('median') && (low !== null || high !== null)) {
            expect([estimate.id, key, value, (is?.n ?? 0) >= 50]).toEqual([estimate.id, key, value, true]);
            if (unit === 'euro cent') expect([low, high].map((end) => Math.abs(end ?? 0) % 10_000)).toEqual([0, 0]);
          }
        // Of a group of few firms, nothing.
        if ((is?.n ?? 0) > 0 && (is?.n ?? 0) < 10)
          expect([estimate.id, key, part.n, part.values.filter(({ value }) => value !== null)]).toEqual([
            estimate.id,
            key,
            null,
            [],
          ]);
      }
    }
    // Cut, nothing of them is told.
    const cut = answered.estimates.filter(([at]) => Object.keys(at).length > 0);
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.filter(([, { n, values }]) => n !== null || values.some(({ value }) => value !== null))).toEqual([]);
  });

  test('a table in a file says what it says in an answer, masked where it is masked', async () => {
    for (const [rows, columns] of [
      ['section', 'size'],
      ['basin', undefined],
      ['wave', 'year'],
    ] as const)
      for (const indicator of ['enrolled', 'accompanied', 'sessions']) {
        const query = { indicator, rows, ...(columns ? { columns } : {}) };
        const table = (await ask('/bilan/table', query)).body as { cells: (number | null)[][] };
        const response = await csvOf(programme, query);
        const lines = response.split('\r\n').map((line) => line.split(';'));
        const numbers = lines.filter((line) => line.length === (table.cells[0]?.length ?? 0) + 1).slice(1);
        expect(numbers.map((line) => line.slice(1))).toEqual(
          table.cells.map((line) => line.map((cell) => (cell === null ? 's' : String(cell)))),
        );
      }
  });

  /** What was told of figures in place of a secret, or beside it. */
  describe('what gave firms away', () => {
    const masked = () => [...answered.told.numbers.values()].filter(({ value }) => value === null);

    test('the firms beside a masked figure are masked as well', () => {
      const beside = masked().flatMap(({ at, measure }) => answered.told.valueOf(at, `${measure}#firms`) ?? []);
      expect(beside).toEqual([]);
    });

    test('parts of figures and numbers of firms of one or two are masked: of participation, spend, the survey', () => {
      const few = [...truth.numbers.values()].filter(
        ({ at, measure, firms }) =>
          /^[a-z].*[:#]/.test(measure) && firms < 3 && !isOfNoFirm(measure) && !Object.values(at).includes(''),
      );
      expect(few.length).toBeGreaterThan(100);
      expect(few.filter(({ at, measure }) => (answered.told.valueOf(at, measure) ?? null) !== null)).toEqual([]);
    });

    test('what is enrolled and neither accompanied nor left is not the one less the others', () => {
      const left = secrets.filter(({ name }) => /^\["~enrolled:rest:/.test(name));
      expect(left.length).toBeGreaterThan(0);
      expect(left.filter(isRecovered)).toEqual([]);
    });

    test('a basin is not told by what its sizes leave of it, nor a size by what is left of its basin', () => {
      const cells = secrets.filter(({ name }) => /^\["(detected|enrolled|sessions|spend)","basin",.*"size"/.test(name));
      expect(cells.length).toBeGreaterThan(0);
      expect(cells.filter(isRecovered)).toEqual([]);
    });

    test('the days before and after a payment cannot be asked', async () => {
      for (const path of ['/bilan', '/bilan/figures/spend', '/bilan/document'])
        expect(
          (await ask(path, { asOf: '2010-06-30', ...(path.endsWith('t') ? { format: 'json' } : {}) })).status,
        ).toBe(422);
    });

    test('State of another programme reads nothing of this one, whatever it says', async () => {
      const ask = await asking({ ...STATE, programmes: ['autre'] }, programme, { purpose: 'curiosité' });
      expect((await ask('/bilan', {})).status).toBe(403);
    });
  });

  test('most of what a committee asks is told', () => {
    const pairs = [
      ['action', 'year'],
      ['basin', 'section'],
      ['basin', 'size'],
      ['section', 'size'],
    ].map((pair) => pair.sort().join('+'));
    const counts = ['detected', 'qualified', 'enrolled', 'accompanied', 'sessions'];
    const cells = [...answered.told.numbers.values()].filter(
      ({ at, measure }) => pairs.includes(groupingOf(at)) && counts.includes(measure),
    );
    const something = cells.filter(({ at, measure }) => truth.numbers.has(keyOf(at, measure)));
    const masked = something.filter(({ value }) => value === null);
    const few = something.filter(({ at, measure }) => (truth.numbers.get(keyOf(at, measure))?.firms ?? 0) < 3);
    process.stderr.write(
      `${name}: ${masked.length} of ${something.length} cells (${cells.length} with those of nothing) are masked; ${few.length} are of one or two firms\n`,
    );
    expect(masked.length).toBeGreaterThanOrEqual(few.length);
    expect(masked.length).toBeLessThan(1.4 * few.length);
  });
});

test('a carrier is told the numbers that an evaluator is told, of its own action as well', async () => {
  const programme = sample.rules.code;
  const carrier: Actor = { roles: ['carrier'], carrier: 'cci-de-l-avesnois' };
  const [mine, theirs] = [await asking(carrier, programme), await asking(EVALUATOR, programme)];
  const questions: [string, Record<string, string>][] = [
    ['/bilan', { action: 'avesnes' }],
    ['/bilan', { action: 'avesnes', size: '10-49' }],
    ['/bilan', { carrier: 'cci-de-l-avesnois' }],
    ['/bilan/figures/spend', { action: 'avesnes' }],
    ['/bilan/figures/survey', { action: 'avesnes' }],
    ['/bilan/table', { indicator: 'spend', rows: 'size', action: 'avesnes' }],
    ['/bilan/table', { indicator: 'spend', rows: 'section', columns: 'size' }],
    ['/bilan/cross', { indicator: 'sessions', by: 'year', action: 'avesnes' }],
  ];
  for (const [path, query] of questions) {
    const [own, all] = [await mine(path, query), await theirs(path, query)];
    expect([path, query, own.status]).toEqual([path, query, 200]);
    const { byAction: _own, ...told } = own.body as Record<string, unknown>;
    const { byAction: _all, ...same } = all.body as Record<string, unknown>;
    expect(told).toEqual(same);
  }
});

describe('a month of releases, while firms enrol one by one', () => {
  const { code: programme } = folders['a third of its firms'].rules;
  /** Days after the first release, and how many firms enrolled since the release before. */
  const LATER = [
    { after: 1, firms: 1 },
    { after: 2, firms: 1 },
    { after: 9, firms: 6 },
    { after: 30, firms: 1 },
  ];
  const days: string[] = [];
  const releases: Attacked[] = [];

  beforeAll(async () => {
    const asked = { ...(await there()), isOnce: true };
    const strangers = SIRETS.filter((siret) => !detected.has(siret));
    const sees = async (day: string) => {
      const { told, rows: files } = await askEverything(await asking(EVALUATOR, programme, { release: day }), asked);
      const truth = await beside.truth(programme);
      releases.push({
        told,
        ...truth,
        rows: { files, firms: truth.firms, date: day },
        isAmount: isMoney,
        countsFirms,
        isLater: days.length > 0,
      });
      days.push(day);
    };
    const today = todayInParis(new Date());
    await sees(today);
    for (const { after, firms } of LATER) {
      for (const siret of strangers.splice(0, firms)) await enrolInArras(field, programme, siret);
      await caughtUp(field.api);
      const day = addDays(today, after);
      expect(await beside.release(programme, day)).toMatchObject({ date: day });
      await sees(day);
    }
  });

  test('each is told with its date, and none of a day that there was none', async () => {
    const ask = await asking(EVALUATOR, programme);
    const { releases: there } = (await ask('/releases', {})).body as { releases: { date: string }[] };
    expect(there.map(({ date }) => date)).toEqual([...days].reverse());
    expect((await ask('/bilan', {})).body).toMatchObject({ release: { date: days.at(-1) } });
    expect((await ask('/bilan', { release: addDays(days[0] ?? '', 5) })).status).toBe(404);
    expect((await ask('/bilan', { asOf: '2010-06-30' })).status).toBe(422);
  });

  test('neither secrets of one of them nor what one firm or two have changed between two are found', async () => {
    // Between the first and the third two firms have enrolled, between others one, or six.
    const few = [
      [0, 1],
      [1, 2],
      [0, 2],
      [3, 4],
    ] as const;
    const secrets = await found(attackedOver(releases, few), SOLVED);
    expect(secrets.filter(({ name }) => name.startsWith('0-1 ')).length).toBeGreaterThan(10);
    expect(secrets.filter(isRecovered).slice(0, 5)).toEqual([]);
    process.stderr.write(`a month of releases: ${secrets.length} secrets, 0 found\n`);
  });
});
