import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type mongoose from 'mongoose';
import { firmFacts } from '../indicators/firm-facts.js';
import type { Change } from '../read-model/changes.js';
import { ensureReadModel, readModelOf, readModelProjection } from '../read-model/store.js';
import { cellsOf, type Dimension, GROUPINGS, groupingOf } from './dimensions.js';
import { fold } from './fold.js';
import { loadUnits, type StoredFirm } from './load-units.js';
import { withCounts as counted, Sums } from './measures.js';
import { readCells, unfolded } from './read-cells.js';

let connection: mongoose.Connection;
let stop: () => Promise<void>;

beforeAll(async () => {
  const servers = await startDatabase();
  stop = servers.stop;
  connection = createDatabase();
  await connect(connection, servers.freshDatabase());
  await ensureReadModel(connection);
}, 120_000);
afterAll(async () => {
  await connection.close();
  await stop();
});

const programme = 'p';
const BASINS = ['b1', 'b2', 'b3'];
const NAFS = ['25.62B', '43.99C', '49.41A'];

/** A generator of its own: the same numbers at each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function dayOf(next: (below: number) => number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${2008 + next(3)}-${two(1 + next(12))}-${two(1 + next(28))}`;
}

/** What some event might change in one firm; in any order, before or after it was detected. */
function someChange(next: (below: number) => number, firms: number): Change {
  const siret = `s${next(firms)}`;
  const id = `${programme}/${siret}`;
  const day = dayOf(next);
  const set = { programme, siret };
  const kinds: (() => Change)[] = [
    () => ({
      collection: 'firms',
      id,
      set: {
        ...set,
        action: `a${next(2)}`,
        basin: BASINS[next(3)],
        naf: NAFS[next(3)],
        headcount: next(300),
        detectedOn: day,
      },
    }),
    () => ({ collection: 'firms', id, set: { ...set, enrolledOn: day, qualified: '' } }),
    () => ({ collection: 'firms', id, set: { ...set, completedOn: day } }),
    () => ({ collection: 'firms', id, set, add: { [`sessions.${day}.sessions`]: 1, [`sessions.${day}.halfDays`]: 2 } }),
    () => {
      const cents = next(4) === 0 ? -next(50_000) : next(100_000);
      return { collection: 'firms', id, set, add: { [`spend.${day}.f.PLAN`]: cents, [`spendLines.${day}`]: 1 } };
    },
    () => ({ collection: 'moves', id: siret, set: { successor: `s${next(firms)}` } }),
    () => ({
      collection: 'actions',
      id: `${programme}/a${next(2)}`,
      set: { programme, action: `a${next(2)}`, basins: BASINS, carriers: [{ code: `c${next(3)}`, name: 'C' }] },
    }),
    () => ({
      collection: 'workshops',
      id: `${programme}/w${next(9)}`,
      set: { programme, action: `a${next(2)}`, heldOn: day },
    }),
  ];
  const kind = kinds[Math.min(next(14), next(14)) % kinds.length] as () => Change;
  return kind();
}

async function apply(changes: readonly Change[]): Promise<void> {
  const session = connection.getClient().startSession();
  await session.withTransaction(() => readModelProjection(connection).apply(changes, session, 'test'));
  await session.endSession();
}

/** Every cell of every grouping, by the slow way: all firms, one by one. */
async function slowly(when: { asOf?: string }): Promise<Map<string, { sums: Sums; tops: [string, number][] }>> {
  const firms = (await readModelOf(connection, 'firms').find().lean()) as StoredFirm[];
  const cells = new Map<string, { sums: Sums; tops: [string, number][] }>();
  for (const [id, { now }] of (await loadUnits(connection, firms, [], undefined)).firms) {
    const facts = counted(firmFacts(now.data));
    const spent = facts.filter(([m]) => m === 'spend').reduce((sum, [, , cents]) => sum + cents, 0);
    for (const { id: cell } of cellsOf(now.place)) {
      const known = cells.get(cell) ?? { sums: new Sums(), tops: [] };
      cells.set(cell, known);
      for (const [measure, day, amount] of facts) if (!when.asOf || day <= when.asOf) known.sums.add(measure, amount);
      if (spent > 0) known.tops.push([id, spent]);
    }
  }
  for (const { tops } of cells.values()) tops.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return cells;
}

const MEASURES = [
  'detected',
  'enrolled',
  'sessions',
  'halfDays',
  'spend',
  'spendEnrolled',
  'spendBefore',
  'spendAfter',
  '#spend',
  '#sessions',
];

async function expectExact(): Promise<void> {
  for (const asOf of [undefined, '2008-06-30', '2009-12-31', '2010-02-14']) {
    const when = asOf ? { asOf } : {};
    const truth = await slowly(when);
    const rest = await unfolded(connection, programme);
    for (const by of GROUPINGS) {
      const cells = await readCells(connection, { programme, by: by as Dimension[], ...when }, rest);
      for (const cell of cells) {
        const id = [programme, groupingOf(by), ...by.map((d) => cell.at[d] ?? '')].join('|');
        const expected = truth.get(id);
        const values = (sums: Sums | undefined) => MEASURES.map((m) => [m, sums?.get(m) ?? 0]);
        expect([id, asOf, values(cell.sums)]).toEqual([id, asOf, values(expected?.sums)]);
        if (!asOf) expect([id, cell.tops('spend')[0]]).toEqual([id, expected?.tops[0]]);
      }
      const known = new Set(cells.map((c) => [programme, groupingOf(by), ...by.map((d) => c.at[d] ?? '')].join('|')));
      for (const [id, { sums }] of truth)
        if (id.split('|')[1] === groupingOf(by) && sums.get('detected') > 0) expect(known).toContain(id);
    }
  }
}

describe('cells say what the firms say, whatever came in which order and whenever it was folded', () => {
  test.each([1, 2, 3])(
    'random changes, seed %i',
    async (seed) => {
      const next = numbers(seed * 7919);
      for (const name of ['firms', 'actions', 'moves', 'workshops', 'cells', 'cell_years'])
        await collectionOf(connection, name).deleteMany({});
      await apply([
        { collection: 'programmes', id: programme, set: { name: 'P', targetHeadcount: 100, basins: BASINS } },
      ]);
      for (let round = 0; round < 6; round++) {
        for (let i = 0; i < 4; i++) await apply(Array.from({ length: 1 + next(40) }, () => someChange(next, 15)));
        // Not folded at all, folded in part, folded whole.
        for (let some = next(3); some > 0; some--) await fold(connection, Date.now(), 4);
        await expectExact();
      }
      while ((await fold(connection, Date.now(), 50)) > 0);
      await expectExact();
      const { firms, workshops } = {
        firms: readModelOf(connection, 'firms'),
        workshops: readModelOf(connection, 'workshops'),
      };
      expect([
        await firms.countDocuments({ dirty: { $gt: 0 } }),
        await workshops.countDocuments({ dirty: { $gt: 0 } }),
      ]).toEqual([0, 0]);
    },
    120_000,
  );
});

test('a year by itself: the cells of a year add up to the cell', async () => {
  const rest = await unfolded(connection, programme);
  const [whole] = await readCells(connection, { programme, by: [] }, rest);
  const years = await readCells(connection, { programme, by: [], byYear: true }, rest);
  for (const measure of ['sessions', 'spend', 'detected'])
    expect(years.reduce((sum, y) => sum + y.sums.get(measure), 0)).toBe(whole?.sums.get(measure));
});
