import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import mongoose from 'mongoose';
import * as tus from 'tus-js-client';
import xlsx from 'xlsx';
import { type Field, openField, SAMPLE } from './harness.js';
import { type FileReport, opcaA, opcaC, SpendClient, settledEvents } from './spend-field.js';

let field: Field;
let spend: SpendClient;
beforeAll(async () => {
  field = await openField(true, ['training-spend']);
  spend = new SpendClient(field);
});
afterAll(() => field.stop());

const FILE = 'opca-a-2009.csv';
const SENT = readFileSync(join(SAMPLE, 'spend', FILE), 'utf8');
const truth = JSON.parse(readFileSync(join(SAMPLE, 'truth.json'), 'utf8')) as {
  spend: { refused: Record<string, { line: number; reason: string }[]> };
};

/** The same table under a dialect that finds everything out. */
async function publishOpen(funder: string): Promise<void> {
  const shipped = (await spend.json('/dialects/opca-a')).body['versions'] as { dialect: object }[];
  const { status } = await spend.post(`/dialects/${funder}`, {
    ...shipped[0]?.dialect,
    encoding: 'auto',
    delimiter: 'auto',
  });
  expect(status).toBe(200);
}

const asSheet = (bookType: 'xlsx' | 'ods') => {
  const rows = SENT.replace('\ufeff', '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(';'));
  const typed = rows.map((cells, i) =>
    i === 0
      ? cells
      : cells.map((cell, at) => (at === 7 && /^\d+,\d+$/.test(cell) ? Number(cell.replace(',', '.')) : cell)),
  );
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(typed), 'Dépenses');
  return xlsx.write(book, { bookType, type: 'buffer' }) as Buffer;
};
const plain = SENT.replace('\ufeff', '');

describe('the same table, however a funder writes it, has the same report', () => {
  const WRITTEN: Record<string, () => Buffer> = {
    'as it came': () => Buffer.from(SENT),
    'without byte-order mark': () => Buffer.from(plain),
    'in Windows-1252': () => iconv.encode(plain, 'windows-1252'),
    'in ISO-8859-15': () => iconv.encode(plain, 'iso-8859-15'),
    'in UTF-16': () => Buffer.from(`\ufeff${plain}`, 'utf16le'),
    'with tabulators': () => Buffer.from(plain.replaceAll(';', '\t')),
    'with commas and quotation marks': () =>
      Buffer.from(plain.replace(/[^;\r\n]+/g, (cell) => `"${cell}"`).replaceAll(';', ',')),
    'with line ends of all kinds': () =>
      Buffer.from(plain.replace(/\r?\n/g, (_, i: number) => ['\n', '\r\n'][i % 2] ?? '\n')),
    'packed with gzip': () => gzipSync(Buffer.from(SENT)),
    'as a workbook': () => asSheet('xlsx'),
    'as an OpenDocument sheet': () => asSheet('ods'),
    'with its columns in another order': () =>
      Buffer.from(plain.replace(/^(.*?);(.*)$/gm, (_line, ref: string, rest: string) => `${rest.trimEnd()};${ref}`)),
    'with its headings abbreviated': () =>
      Buffer.from(plain.replace(/^.*/, 'REF;N° SIRET;Nom;Dt paiement;DISPO;Nb h;Nb sta;Mt HT')),
  };
  test.each(Object.keys(WRITTEN))('%s', async (way) => {
    const funder = 'opca-a-libre';
    await publishOpen(funder);
    const programme = `way-${Object.keys(WRITTEN).indexOf(way)}`;
    const { status, body } = await spend.send(programme, funder, 'depenses', WRITTEN[way]?.() ?? Buffer.alloc(0));
    const report = body as unknown as FileReport & { cents: { in: number } };
    expect([status, body['detail']]).toEqual([200, undefined]);
    expect(report.refusals.map(({ line, reason }) => ({ line, reason }))).toEqual(truth.spend.refused[FILE]);
    const { cents } = await settledEvents(field, programme);
    expect(report.cents['accepted']).toBe(cents);
    const reference = (await spend.send('reference', 'opca-a', FILE, Buffer.from(SENT))).body as unknown as FileReport;
    expect(report.cents).toEqual(reference.cents);
  });
});

describe('the endpoints', () => {
  const lines = [
    { reference: 'D1', cents: 12_345 },
    { reference: 'D2', cents: 1 },
  ];

  test('an upload that is waited for, and one that is followed', async () => {
    const sent = await spend.send('endpoints', 'opca-c', 'attendu.csv', opcaC(lines));
    expect(sent).toMatchObject({
      status: 200,
      body: { lines: 2, accepted: 2, cents: { in: 12_346, accepted: 12_346 } },
    });
    const begun = await spend.begin('endpoints-async', 'opca-c', 'suivi.csv', opcaC(lines));
    expect(begun.file).toBe('suivi.csv');
    expect(await spend.fileAt('endpoints-async', 'opca-c', begun.fileId, 'READ')).toMatchObject({
      door: 'UPLOAD',
      counts: { accepted: 2 },
    });
  });

  test('a resumable upload goes on where its connection broke, with a client that we did not write', async () => {
    const { bytes, accepted, cents } = opcaA(30_000, 'T');
    const endpoint = `${spend.url}/uploads`;
    const headers = { authorization: await spend.bearer() };
    const metadata = { filename: 'gros.csv', programme: 'tus', funder: 'opca-a' };
    const options = { endpoint, headers, metadata, chunkSize: 400_000, retryDelays: [] };
    // The first sender goes away in the middle.
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new tus.Upload(bytes, {
        ...options,
        onError: reject,
        onChunkComplete: () => {
          void upload.abort().then(() => resolve(upload.url ?? ''));
        },
      });
      upload.start();
    });
    const offset = Number(
      (await fetch(url, { method: 'HEAD', headers: { ...headers, 'tus-resumable': '1.0.0' } })).headers.get(
        'upload-offset',
      ),
    );
    expect(offset).toBeGreaterThanOrEqual(400_000);
    expect(offset).toBeLessThan(bytes.length);
    await new Promise<void>((resolve, reject) => {
      new tus.Upload(bytes, { ...options, uploadUrl: url, onError: reject, onSuccess: () => resolve() }).start();
    });
    const file = await until(
      async () => ((await spend.json('/files?programme=tus')).body['files'] as FileReport[])[0],
      (f) => f?.status === 'READ',
    );
    expect(file).toMatchObject({
      file: 'gros.csv',
      door: 'RESUMABLE',
      counts: { accepted },
      cents: { accepted: cents },
    });
  });

  test('an upload without its names, or for an unknown funder, is refused at its beginning', async () => {
    const begin = async (metadata: string) =>
      spend.call('/uploads', {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': metadata },
      });
    const b64 = (text: string) => Buffer.from(text).toString('base64');
    const bare = await begin(`filename ${b64('x.csv')}`);
    expect([bare.status, await bare.text()]).toEqual([400, expect.stringContaining('programme, funder')]);
    const stranger = await begin(`filename ${b64('x.csv')},programme ${b64('p')},funder ${b64('nobody')}`);
    expect([stranger.status, await stranger.text()]).toEqual([404, expect.stringContaining('known are')]);
  });

  test('the drop folder takes a file that stands still, and answers beside it', async () => {
    const folder = join(field.stack.dropFolder, 'drop/opca-c');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'mars.csv.part'), 'not yet');
    writeFileSync(join(folder, 'mars.csv'), opcaC([...lines, { reference: 'D3', cents: 5, siret: '123' }]));
    const answers = await until(
      async () => (readdirSync(folder).includes('retours') ? readdirSync(join(folder, 'retours')).sort() : []),
      (names) => names.length === 2 && names.every((name) => !name.endsWith('.part')),
    );
    expect(answers).toEqual(['mars.csv.a-corriger.csv', 'mars.csv.rapport.json']);
    expect(readdirSync(join(folder, 'pris'))).toEqual(['mars.csv']);
    expect(readdirSync(folder).sort()).toEqual(['mars.csv.part', 'pris', 'retours']);
    const report = JSON.parse(readFileSync(join(folder, 'retours/mars.csv.rapport.json'), 'utf8')) as FileReport;
    expect(report).toMatchObject({ status: 'READ', door: 'DROP', counts: { accepted: 2, refused: 1 } });
    expect(readFileSync(join(folder, 'retours/mars.csv.a-corriger.csv'), 'utf8')).toContain('siret_invalid');
  });
});

test('what cannot be taken from the drop folder is said once beside it, and stops nobody else', async () => {
  const [bad, good] = ['opca-a', 'opca-c'].map((funder) => join(field.stack.dropFolder, 'depot', funder));
  if (!bad || !good) throw new Error('two funders');
  for (const folder of [bad, good]) mkdirSync(folder, { recursive: true });
  mkdirSync(join(bad, 'dossier.csv'));
  symlinkSync(join(bad, 'boucle.csv'), join(bad, 'boucle.csv'));
  symlinkSync('/etc/hostname', join(bad, 'ailleurs.csv'));
  writeFileSync(Buffer.concat([Buffer.from(`${bad}/d`), Buffer.from([0xe9]), Buffer.from('penses.csv')]), 'a;b\n1;2\n');
  writeFileSync(join(bad, 'deux\nlignes.csv'), 'a;b\n1;2\n');
  writeFileSync(join(bad, 'vide.csv'), '');
  // Nothing can be moved there.
  const shut = join(field.stack.dropFolder, 'ferme', 'opca-c');
  mkdirSync(shut, { recursive: true });
  writeFileSync(join(shut, 'pris'), '');
  writeFileSync(join(shut, 'avril.csv'), opcaC([{ reference: 'A1', cents: 1 }]));
  writeFileSync(join(good, 'mars.csv'), opcaC([{ reference: 'M1', cents: 5 }]));
  const reportsIn = (folder: string) =>
    readdirSync(folder).includes('retours')
      ? readdirSync(join(folder, 'retours')).flatMap((name) =>
          name.endsWith('.rapport.json')
            ? [JSON.parse(readFileSync(join(folder, 'retours', name), 'utf8')) as Record<string, string>]
            : [],
        )
      : [];
  expect(
    await until(
      async () => reportsIn(good),
      (found) => found.length === 1,
    ),
  ).toMatchObject([{ status: 'READ' }]);
  const found = await until(
    async () => reportsIn(bad),
    (reports) => reports.length === 6,
  );
  expect(found.map(({ file, status, reason }) => `${file}: ${reason ?? status}`).sort()).toEqual([
    'ailleurs.csv: not_a_file',
    'boucle.csv: not_a_file',
    'deux\nlignes.csv: file_name',
    'dossier.csv: not_a_file',
    'd\ufffdpenses.csv: file_name',
    'vide.csv: file_empty',
  ]);
  for (const { detail } of found) expect(detail).toMatch(/.\u00a0: ./);
  expect(readdirSync(join(bad, 'pris'))).toEqual(['vide.csv']);
  // Taken once, though it is looked at each second; and no quota is used up by it.
  const files = (await spend.json('/files?programme=ferme&funder=opca-c')).body['files'] as FileReport[];
  expect(files.map(({ file }) => file)).toEqual(['avril.csv']);
  const metrics = await (await fetch(`${spend.url}/metrics`)).text();
  for (const folder of ['depot', 'ferme']) rmSync(join(field.stack.dropFolder, folder), { recursive: true });
  expect(metrics).toMatch(/gpect_drop_folder_not_taken\{[^}]*\} [67]/);
});

test('a link in place of "pris" or "retours" leads into no other folder', async () => {
  const [mine, other] = ['opca-c', 'opca-a'].map((funder) => join(field.stack.dropFolder, 'lien', funder));
  if (!mine || !other) throw new Error('two funders');
  for (const folder of [mine, other]) mkdirSync(folder, { recursive: true });
  symlinkSync('../opca-a', join(mine, 'pris'));
  symlinkSync('../opca-a', join(mine, 'retours'));
  writeFileSync(join(mine, 'mai.csv'), opcaC([{ reference: 'L1', cents: 7 }]));
  const files = await until(
    async () => (await spend.json('/files?programme=lien')).body['files'] as FileReport[],
    (found) => found.length === 1 && found[0]?.status === 'READ',
  );
  expect(files).toMatchObject([{ funder: 'opca-c', file: 'mai.csv' }]);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(readdirSync(other)).toEqual([]);
  expect(readdirSync(mine).sort()).toEqual(['mai.csv', 'pris', 'retours']);
  rmSync(join(field.stack.dropFolder, 'lien'), { recursive: true });
});

test('a resumable upload that nobody goes on with is removed with its bytes; beyond the quota of a day 429 says how much, and when', async () => {
  const b64 = (text: string) => Buffer.from(text).toString('base64');
  const metadata = ['filename x.csv', 'programme endpoints', 'funder opca-b']
    .map((pair) => pair.split(' '))
    .map(([name, value = '']) => `${name} ${b64(value)}`)
    .join(',');
  const begin = (length: number) =>
    spend.call('/uploads', {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': String(length), 'upload-metadata': metadata },
    });
  const begun = await begin(1000);
  const at = begun.headers.get('location') ?? '';
  const kept = Date.parse(begun.headers.get('upload-expires') ?? '') - Date.now();
  expect(Math.round(kept / 3_600_000)).toBe(72);
  const append = () =>
    spend.call(at, {
      method: 'PATCH',
      headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: 'some bytes',
    });
  expect((await append()).status).toBe(204);
  const client = await mongoose.mongo.MongoClient.connect(field.stack.mongoUrlOf('training-spend'));
  const db = client.db('training-spend');
  const id = at.split('/').at(-1) ?? '';
  const parts = () =>
    db.collection<{ _id: string }>('file_parts').countDocuments({ _id: { $gte: `${id}/`, $lt: `${id}0` } });
  expect(await parts()).toBe(1);
  const longAgo = new Date(Date.now() - 73 * 3_600_000);
  await db.collection<{ _id: string }>('uploads').updateOne({ _id: id }, { $set: { touchedAt: longAgo } });
  expect((await append()).status).toBe(410);

  field.stack.giveEnv('training-spend', { UPLOADS_A_DAY: '2', LARGEST_UPLOAD_GB: '0.001' });
  await field.stack.stopPart('training-spend');
  await field.stack.startPart('training-spend');
  expect(await until(parts, (left) => left === 0)).toBe(0);
  expect((await append()).status).toBe(404);
  expect((await begin(2_000_000)).status).toBe(413);
  // One was begun above.
  expect((await begin(10)).status).toBe(201);
  const refused = await begin(10);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    type: 'urn:gpect:problem:upload-quota',
    detail: expect.stringContaining('opca-b peut envoyer 2 fichiers et 20 Go par jour ; 2 fichiers'),
  });
  const sent = await spend.send('endpoints', 'opca-b', 'x.csv', Buffer.from('a;b\n1;2\n'));
  expect([sent.status, sent.body['type']]).toEqual([429, 'urn:gpect:problem:upload-quota']);
  await client.close();
  field.stack.giveEnv('training-spend', {});
  await field.stack.stopPart('training-spend');
  await field.stack.startPart('training-spend');
});

test('the same bytes under another name are the same file', async () => {
  const bytes = opcaC([{ reference: 'N1', cents: 100 }]);
  const first = (await spend.send('names', 'opca-c', 'un.csv', bytes)).body as unknown as FileReport;
  const again = (await spend.send('names', 'opca-c', 'deux.csv', bytes)).body as unknown as FileReport;
  expect(again).toEqual(first);
  expect(await spend.file('names', 'opca-c', first.fileId)).toMatchObject({ file: 'un.csv', alsoAs: ['deux.csv'] });
  expect((await settledEvents(field, 'names')).events).toEqual({ 'spend-lines-recorded': 1, 'spend-file-ingested': 1 });
});

test('progress is seen while a file is read', async () => {
  const { bytes, accepted, refused, cents } = opcaA(60_000, 'P');
  const { fileId } = await spend.begin('progress', 'opca-a', 'long.csv', bytes);
  const seen = new Set<number>();
  const file = await until(
    async () => {
      const now = await spend.file('progress', 'opca-a', fileId);
      seen.add(now.lines);
      return now;
    },
    (now) => now.status === 'READ',
    60_000,
  );
  expect(seen.size).toBeGreaterThan(3);
  expect(file).toMatchObject({
    lines: 60_000,
    linesExpected: 60_000,
    counts: { accepted, refused, repeated: 600 },
    cents: { accepted: cents },
  });
});

test('a funder with a backlog of files keeps no other funder’s file waiting: funders are read in turn', async () => {
  const backlog = await Promise.all(
    Array.from({ length: 30 }, (_, i) => spend.begin('turns', 'opca-a', `${i}.csv`, opcaA(4000, `T${i}`).bytes)),
  );
  const small = await spend.send('turns', 'opca-c', 'petit.csv', opcaC([{ reference: 'T1', cents: 100 }]));
  const files = (await spend.json('/files?programme=turns&funder=opca-a')).body['files'] as FileReport[];
  expect(small).toMatchObject({ status: 200, body: { lines: 1 } });
  expect(files).toHaveLength(backlog.length);
  expect(files.filter(({ status }) => status === 'RECEIVED').length).toBeGreaterThan(15);
  for (const { fileId } of backlog) await spend.fileAt('turns', 'opca-a', fileId, 'READ', 120_000);
}, 240_000);
