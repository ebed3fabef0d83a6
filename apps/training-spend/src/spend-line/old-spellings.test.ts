import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dialects } from '../dialect/dialect.js';
import { decideLines } from '../spend-file/decide-lines.js';
import type { LineDocument } from './kept-line.js';
import { indexLines, loadAlike, loadLines } from './line-store.js';
import { allWithoutZeros } from './reference.js';
import { type Content, decide, UNKNOWN } from './spend-line.js';

/** Lines that were kept before two spellings of one reference were one. */

let database: Awaited<ReturnType<typeof startDatabase>>;
const connection = createDatabase();
beforeAll(async () => {
  database = await startDatabase();
  await connect(connection, database.freshDatabase());
});
/** The funder's dialects, of which the keys of its lines are. */
beforeAll(async () => {
  const of = (version: number, ...key: string[]) => ({ funder: 'f', version, dialect: { key } });
  const versions = [of(1, 'reference', 'amount', 'scheme'), of(2, 'reference', 'paidOn')];
  await collectionOf<{ _id: string; state: object }>(connection, dialects.collection).insertOne({
    _id: 'f',
    state: { versions },
  });
});
afterAll(async () => {
  await connection.close();
  await database.stop();
});

const content: Content = { siret: '55208131706650', paidOn: '2012-03-15', scheme: 'DIF', amountCents: 1000 };
const file = {
  id: 'p/f/new',
  differing: 'refuse' as const,
  columnOf: () => ({ column: 'Référence', at: 0 }),
};

test.each([
  ['a long dash', 'D–1', 'D-1'],
  ['a no-break space', 'D\u00a01', 'D 1'],
  ['two spaces', 'D  1', 'D 1'],
  ['a letter in two signs', 'DE\u0301-1', 'DÉ-1'],
  ['an apostrophe of print', 'L’A1', "L'A1"],
  ['a SIRET in groups, part of its key', 'R1|552 081 317 06650', 'R1|55208131706650'],
  ['a day as it was typed, part of its key', 'R1|15\u22153\u221512', 'R1|2012-03-15'],
  ['an amount and a scheme as they were typed', 'R1|10|D.I.F.', 'R1|10.00|DIF'],
])('a payment kept with %s is repeated, not new, when it is sent again', async (_what, old, today) => {
  const first = decide({ kind: 'record', content, origin: { file: 'old', line: 2 }, differing: 'refuse' }, UNKNOWN);
  if (!first.ok) throw new Error('it is the first');
  const kept = { _id: `p/f/${old}`, siret: content.siret, version: 1, ...first.value.line } as LineDocument;
  await collectionOf<LineDocument>(connection, 'lines').insertOne(kept);
  await indexLines(connection);
  const id = `p/f/${today}`;
  const known = await loadLines(connection, [id, 'p/f/other']);
  const saying = (amountCents: number, kind: 'record' | 'correct') => ({
    row: { line: 2, cells: [] },
    id,
    reading: {
      result: { ok: true as const, value: { reference: today, kind, content: { ...content, amountCents } } },
      amountCents,
      noticed: {},
    },
    toMend: () => [],
  });
  const again = decideLines([saying(1000, 'record')], known, file);
  expect([again.counts.repeated, again.counts.accepted, again.changes]).toEqual([1, 0, []]);
  // What is said of it goes on under the reference that readers know.
  const corrected = decideLines([saying(2000, 'correct')], known, file);
  expect(corrected.changes).toMatchObject([{ reference: old, change: { kind: 'corrected' } }]);
  expect([...corrected.writes.values()].map(({ after }) => after._id)).toEqual([`p/f/${old}`]);
});

test.each([
  ['000102', '102'],
  ['102', '000102'],
  ['0034|55208131706650', '34|55208131706650'],
])('a payment kept as %s is known again as %s, however early it was kept', async (old, today) => {
  const first = decide({ kind: 'record', content, origin: { file: 'old', line: 2 }, differing: 'refuse' }, UNKNOWN);
  if (!first.ok) throw new Error('it is the first');
  const lines = collectionOf<LineDocument>(connection, 'lines');
  await lines.deleteMany({});
  await lines.insertOne({ _id: `p/f/${old}`, siret: content.siret, version: 1, ...first.value.line } as LineDocument);
  await indexLines(connection);
  const id = `p/f/${today}`;
  const known = new Map([
    ...(await loadAlike(connection, allWithoutZeros([id]))),
    ...(await loadLines(connection, [id])),
  ]);
  const saying = (amountCents: number) => ({
    row: { line: 2, cells: [] },
    id,
    reading: {
      result: {
        ok: true as const,
        value: { reference: today, kind: 'record' as const, content: { ...content, amountCents } },
      },
      amountCents,
      noticed: {},
    },
    toMend: () => [],
  });
  const again = decideLines([saying(1000)], known, file);
  expect([again.counts.repeated, again.counts.accepted, again.changes]).toEqual([1, 0, []]);
  // The file that said it again is remembered of the payment, so that withdrawing one of both takes nothing.
  expect([...again.writes.values()].map(({ after }) => [after._id, after.entries[0]?.origins.length])).toEqual([
    [`p/f/${old}`, 2],
  ]);
  const other = decideLines([saying(2000)], known, { ...file, differing: 'correct' });
  expect(other.refusals.map(({ reason }) => reason)).toEqual(['reference_zeros']);
});
