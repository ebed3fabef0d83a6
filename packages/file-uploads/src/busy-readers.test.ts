import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerPlaces } from '@gpect/tabular-files/reader-places';
import { zipOf } from '@gpect/tabular-files/zip-fixture';
import { afterAll, expect, test } from '@jest/globals';
import { withTable } from './spooled-file.js';

const dir = mkdtempSync(join(tmpdir(), 'gpect-busy-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function looked(name: string, bytes: Buffer): Promise<string> {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  const asker = { sender: 'cci-artois', language: 'fr' as const };
  const file = { path, size: bytes.length };
  return withTable(file, { encoding: 'auto', delimiter: 'auto' }, asker, async ({ format }) => format);
}

test('a workbook that comes while too many wait is answered 503 with when to come again; CSV waits for nobody', async () => {
  readerPlaces.set({ atOnce: 1, waiting: 0 });
  const leave = await readerPlaces.take({ sender: 'opca-a', kind: 'people' });
  const workbook = zipOf({ 'xl/workbook.xml': Buffer.from('<workbook/>') });
  const refused = await looked('a.xlsx', workbook).catch((problem: unknown) => problem);
  expect(refused).toMatchObject({ status: 503, code: 'readers-busy', retryAfter: 20 });
  expect(await looked('a.csv', Buffer.from('a;b\n1;2\n'))).toBe('csv');
  leave();
});
