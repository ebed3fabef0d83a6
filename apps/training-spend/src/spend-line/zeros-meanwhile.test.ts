import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { inTransaction } from '@gpect/service-kit/mongo/transaction';
import { startDatabase } from '@gpect/test-kit/servers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { keptAs, type LineDocument, type LineWrite } from './kept-line.js';
import { indexLines, saveLines } from './line-store.js';
import { Overtaken } from './overtaken.js';
import { type Content, decide, UNKNOWN } from './spend-line.js';

/** Two files that are written at the same moment, of which one lost the zeros at the heads of the other's references. */

let database: Awaited<ReturnType<typeof startDatabase>>;
const connection = createDatabase();
beforeAll(async () => {
  database = await startDatabase();
  await connect(connection, database.freshDatabase());
  await indexLines(connection);
});
beforeEach(async () => {
  await collectionOf(connection, 'lines').deleteMany({});
});
afterAll(async () => {
  await connection.close();
  await database.stop();
});

const content: Content = { siret: '55208131706650', paidOn: '2012-03-15', scheme: 'DIF', amountCents: 1000 };

function fresh(reference: string, file: string): LineWrite {
  const first = decide({ kind: 'record', content, origin: { file, line: 2 }, differing: 'refuse' }, UNKNOWN);
  if (!first.ok) throw new Error('it is the first');
  return { before: undefined, after: keptAs(`p/f/${reference}`, undefined, first.value.line) };
}
const save = (...writes: LineWrite[]) => inTransaction(connection, (session) => saveLines(connection, writes, session));
const kept = async () =>
  (await collectionOf<LineDocument>(connection, 'lines').find().toArray()).map(({ _id }) => _id).sort();

test.each([
  ['000102', '102'],
  ['102', '000102'],
  ['00102', '000102'],
  ['0034|55208131706650', '34|55208131706650'],
])('of %s and %s that nobody knew of when they were decided, one is written', async (one, other) => {
  await save(fresh(one, 'a'));
  await expect(save(fresh(other, 'b'))).rejects.toThrow(Overtaken);
  expect(await kept()).toEqual([`p/f/${one}`]);
});

test('of both in transactions at the same moment one is written, whoever ends first', async () => {
  for (let round = 0; round < 20; round++) {
    await collectionOf(connection, 'lines').deleteMany({});
    const ends = await Promise.allSettled([save(fresh('000102', 'a')), save(fresh('102', 'b'))]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find((end) => end.status === 'rejected')?.reason).toBeInstanceOf(Overtaken);
    expect(await kept()).toHaveLength(1);
  }
});

test('a line whose file was withdrawn lets go of its reference, until it is recorded again', async () => {
  const { after } = fresh('000102', 'a');
  await save({ before: undefined, after });
  const withdrawn = { ...after, version: 2, entries: [] };
  await save({ before: after, after: withdrawn });
  await save(fresh('102', 'b'));
  const again = { ...after, version: 3 };
  await expect(save({ before: withdrawn, after: again })).rejects.toThrow(Overtaken);
});

test('other references, and the same under another funder, are written side by side', async () => {
  const elsewhere = fresh('102', 'b');
  await save(fresh('000102', 'a'), fresh('000103', 'a'), fresh('D-000102', 'a'));
  await save(fresh('000104', 'b'), fresh('D-102', 'b'), {
    before: undefined,
    after: { ...elsewhere.after, _id: 'p/g/102' },
  });
  expect(await kept()).toHaveLength(6);
});
