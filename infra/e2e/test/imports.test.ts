import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import xlsx from 'xlsx';
import { SIRETS } from './firms.js';
import { bearerOf, type Field, formOf, launchArras, openField } from './harness.js';

let field: Field;
const programme = 'tableaux';
const [siret = '', other = ''] = SIRETS;
const CARRIER = { roles: ['carrier'], carrier: 'cci-artois' };
const HEADINGS = [
  ...['SIRET', 'Raison sociale', 'Code INSEE', 'Bassin', 'Code NAF', 'Effectif', 'Date de détection', 'Origine'],
  ...['Engagement du dirigeant', 'Vision stratégique', 'Climat social', 'Pratiques RH'],
  ...['Suite', 'Date de convention', 'Date de fin'],
];
const firm = (of: string, basin = 'Artois-Ternois') => [
  ...[of, 'Mécanique', '62041', basin, '2562B', '41,0', '03/05/2010', 'Porteur', '3', '2', '4', '2', '', '', ''],
];

beforeAll(async () => {
  field = await openField(true, ['enrolment']);
  await launchArras(field, programme);
});
afterAll(() => field.stop());

async function send(path: string, body: Buffer | string, type = 'text/csv', actor: object = CARRIER) {
  const query = new URLSearchParams({ kind: 'detections', programme, action: 'arras' });
  const response = await fetch(`${field.stack.urls.enrolment}${path}?${query}`, {
    method: 'POST',
    headers: { ...(await bearerOf(field, actor as never)), 'content-type': type },
    body: body as never,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Files that the carrier sent today. */
async function sentToday(): Promise<number> {
  const client = await mongoose.mongo.MongoClient.connect(field.stack.mongoUrlOf('enrolment'));
  const days = client.db().collection<{ _id: string; files: number }>('upload_days');
  const today = await days.findOne({ _id: { $regex: '^cci-artois/' } });
  await client.close();
  return today?.files ?? 0;
}

test('a workbook is previewed, taken, and what was refused comes back to be mended', async () => {
  const sheet = xlsx.utils.aoa_to_sheet([['Détections de mai'], HEADINGS, firm(siret), firm(other, 'Lille')]);
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, 'Mai');
  const bytes = xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

  const { body: preview } = await send('/previews', bytes, type);
  expect(preview).toMatchObject({ format: 'xlsx', faults: [], columns: { naf: 'Code NAF' } });
  expect(preview['lines']).toMatchObject([
    { line: 3, outcome: 'accepted' },
    { line: 4, outcome: 'refused', refusal: { column: 'Bassin', value: 'Lille', reason: 'basin_unknown' } },
  ]);

  const { body: report } = await send('/imports', bytes, type);
  expect(report).toMatchObject({ lines: 2, accepted: 1, repeated: 0, refused: 1, file: 'fichier.xlsx' });
  expect(report['refusals']).toMatchObject([{ line: 4, detail: expect.stringContaining('bassin') }]);

  const url = field.stack.urls.enrolment + String(report['refusalsFile']);
  const download = async (actor: object) => fetch(url, { headers: await bearerOf(field, actor as never) });
  expect((await download({ roles: ['carrier'], carrier: 'cci-autre' })).status).toBe(403);
  const refused = await (await download(CARRIER)).text();
  expect(refused).toContain('ligne refusée');

  const { body: again } = await send('/imports', refused);
  expect(again).toMatchObject({ accepted: 0, refused: 1 });
  const { body: mended } = await send('/imports', refused.replace('Lille', 'artois-ternois'));
  expect(mended).toMatchObject({ lines: 1, accepted: 1, refused: 0 });
  expect(mended['refusalsFile']).toBeUndefined();
});

test('a preview keeps nothing, and a file that is no table is refused in French for what it is', async () => {
  const file = [HEADINGS, firm(SIRETS[2] ?? '')].map((row) => row.join(';')).join('\n');
  expect((await send('/previews', file)).body['lines']).toMatchObject([{ outcome: 'accepted' }]);
  expect((await send('/imports', file)).body).toMatchObject({ accepted: 1 });
  expect((await send('/imports', file)).body).toMatchObject({ accepted: 0, repeated: 1 });
  const counted = await sentToday();
  await send('/previews', file);
  await send('/previews', '<html><table>');
  expect(await send('/imports', '<html><table>')).toMatchObject({
    status: 422,
    body: { type: 'urn:gpect:problem:html-given', detail: expect.stringContaining('page web') },
  });
  // Whatever is found in them, they are of the sender's share of the day.
  expect(await sentToday()).toBe(counted + 3);
});

test('of a file of headings alone the preview says what its import says', async () => {
  const { body } = await send('/imports', `${HEADINGS.join(';')}\n`);
  expect(body).toMatchObject({ type: 'urn:gpect:problem:no-lines' });
  const { body: preview } = await send('/previews', `${HEADINGS.join(';')}\n`);
  expect(preview).toMatchObject({ faults: [body['detail']], lines: [] });
});

test('of what a title or a sheet says not to have happened, nothing is taken', async () => {
  const book = xlsx.utils.book_new();
  const rows = [HEADINGS, firm(SIRETS[3] ?? ''), ['Doublons'], firm(SIRETS[4] ?? '')];
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), 'Juin');
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([HEADINGS, firm(SIRETS[4] ?? '')]), 'À supprimer');
  const bytes = xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const section = { reason: 'section_not_done' };
  const { body: preview } = await send('/previews', bytes, type);
  expect(preview['lines']).toMatchObject([{ outcome: 'accepted' }, ...[1, 2, 3].map(() => ({ refusal: section }))]);
  const { body: report } = await send('/imports', bytes, type);
  expect(report).toMatchObject({ accepted: 1, refused: 3, refusals: [section, section, section] });
});

test('a form with more than a file is bounded', async () => {
  const form = formOf('x.csv', 'siret\n1\n', { note: 'x'.repeat(500_000) });
  const query = new URLSearchParams({ kind: 'detections', programme, action: 'arras' });
  const response = await fetch(`${field.stack.urls.enrolment}/imports?${query}`, {
    method: 'POST',
    headers: await bearerOf(field, CARRIER),
    body: form,
  });
  expect(response.status).toBe(400);
});
