import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as tus from 'tus-js-client';
import { type Field, formOf, openField } from './harness.js';
import { type FileReport, SpendClient } from './spend-field.js';

/** Each small file of a habit by each endpoint that takes it: what becomes of it depends on no endpoint. */

const TESTS = join(ROOT, 'apps/training-spend/test');
interface Right {
  readonly cents: number;
  readonly refused: string | Readonly<Record<string, string>>;
  readonly remarks: readonly string[];
  /** Reference, SIRET, day and cents of each line that is taken. */
  readonly lines?: readonly string[];
}
const RIGHT = JSON.parse(readFileSync(join(TESTS, 'right-cases.json'), 'utf8')) as Record<string, Right>;
const bytesOf = (name: string) => readFileSync(join(TESTS, 'cases', name));
const NAMES = readdirSync(join(TESTS, 'cases')).filter((name) => name !== 'right.json');
const FUNDER = 'akto';
const DIALECT = JSON.parse(readFileSync(join(TESTS, 'case-dialect.json'), 'utf8')) as object;

let field: Field;
let spend: SpendClient;
beforeAll(async () => {
  field = await openField(true, ['training-spend']);
  spend = new SpendClient(field);
  expect((await spend.post(`/dialects/${FUNDER}`, DIALECT)).status).toBe(200);
});
afterAll(() => field.stop());

type Send = (programme: string, name: string, bytes: Buffer) => Promise<unknown>;
const ENDPOINTS: Readonly<Record<string, Send>> = {
  form: (programme, name, bytes) => spend.begin(programme, FUNDER, name, bytes),
  event: (programme, fileName, bytes) =>
    spend.post('/files', { programme, funder: FUNDER, fileName, content: bytes.toString('base64') }),
  resumable: async (programme, filename, bytes) => {
    const headers = { authorization: await spend.bearer() };
    const metadata = { filename, programme, funder: FUNDER };
    await new Promise<void>((resolve, reject) => {
      const options = { endpoint: `${spend.url}/uploads`, headers, metadata, retryDelays: [] };
      new tus.Upload(bytes, { ...options, onError: reject, onSuccess: () => resolve() }).start();
    });
  },
  folder: async (programme, name, bytes) => {
    const folder = join(field.stack.dropFolder, programme, FUNDER);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), bytes);
  },
};

/** The report of the one file of a programme, once it is done with. */
async function reportOf(programme: string): Promise<FileReport> {
  const listed = await until(
    async () => ((await spend.json(`/files?programme=${programme}`)).body['files'] as FileReport[])[0],
    (file) => file?.status === 'READ' || file?.status === 'REJECTED',
    120_000,
  );
  return spend.file(programme, FUNDER, listed?.fileId ?? '');
}

/** What is known of the firms that the case files name, as its funder sees it. */
async function linesOf(programme: string): Promise<string[]> {
  const firms = ['55208131706650', '35600000049837'].map(async (siret) => {
    const { body } = await spend.json(`/spend/${programme}/${siret}`);
    const lines = body['lines'] as { reference: string; paidOn: string; amountCents: number }[];
    return lines.map(({ reference, paidOn, amountCents }) => [reference, siret, paidOn, amountCents].join(' '));
  });
  return (await Promise.all(firms)).flat().sort();
}

const codesOf = (told: readonly { readonly code: string }[]) => told.map(({ code }) => code);
const reasonsOf = (refused: readonly { readonly line: number; readonly reason: string }[]) =>
  Object.fromEntries(refused.map(({ line, reason }) => [line, reason]));

describe.each(Object.keys(ENDPOINTS))('by the endpoint "%s"', (by) => {
  // An event and an upload have a content by their contracts.
  const takesEmpty = by === 'form' || by === 'folder';
  const taken = NAMES.filter((name) => takesEmpty || bytesOf(name).length > 0);
  const programmeOf = (name: string) => `cas-${by}-${NAMES.indexOf(name)}`;
  beforeAll(async () => {
    for (const name of taken) await ENDPOINTS[by]?.(programmeOf(name), name, bytesOf(name));
  }, 300_000);

  test.each(taken)('%s', async (name) => {
    const programme = programmeOf(name);
    const { status, reason, cents, refusals, remarks } = await reportOf(programme);
    const isRefused = status === 'REJECTED';
    const { cents: sum, refused, remarks: told, lines } = RIGHT[name] ?? {};
    expect({
      cents: cents['accepted'],
      refused: isRefused ? reason : reasonsOf(refusals),
      remarks: isRefused ? [] : codesOf(remarks['list'] as never),
    }).toEqual({ cents: sum, refused, remarks: told });
    if (lines) expect(await linesOf(programme)).toEqual([...lines].sort());
  });
});

test('an event and an upload without content are refused by their contracts', async () => {
  const event = { programme: 'cas-vide', funder: FUNDER, fileName: 'vide.csv', content: '' };
  const { status, body } = await spend.post('/files', event);
  expect([status, (body['errors'] as { pointer: string }[])[0]?.pointer]).toEqual([400, '/content']);
  await expect(ENDPOINTS['resumable']?.('cas-vide', 'vide.csv', Buffer.alloc(0))).rejects.toThrow(/upload-length/);
});

describe('by the preview', () => {
  test.each(NAMES)('%s', async (name) => {
    const { cents, refused, remarks } = RIGHT[name] ?? {};
    const { status, body } = await spend.json(`/previews?funder=${FUNDER}&lines=25`, {
      method: 'POST',
      body: formOf(name, bytesOf(name)),
    });
    const { codedFaults = [], remarks: told = [], lines = [] } = body as Partial<Preview>;
    const [fault] = codedFaults;
    const whole = status === 200 ? fault?.code : String(body['type']).split(':').at(-1)?.replaceAll('-', '_');
    const accepted = lines.filter(({ outcome }) => outcome === 'accepted');
    expect({
      cents: accepted.reduce((sum, { read }) => sum + (read?.amountCents ?? 0), 0),
      refused: whole ?? reasonsOf(lines.flatMap(({ refusal }) => refusal ?? [])),
      remarks: whole ? [] : codesOf(told),
    }).toEqual({ cents, refused, remarks });
  });
});

interface Preview {
  readonly codedFaults: readonly { readonly code: string }[];
  readonly remarks: readonly { readonly code: string }[];
  readonly lines: readonly {
    readonly outcome: string;
    readonly read?: { readonly amountCents: number };
    readonly refusal?: { readonly line: number; readonly reason: string };
  }[];
}

test('what January said is repeated by the file of both months, whatever the encoding of its other lines', async () => {
  await spend.send('cas-cumul', FUNDER, 'e11.csv', bytesOf('e11-jan.csv'));
  const { body } = await spend.send('cas-cumul', FUNDER, 'e12.csv', bytesOf('e12-feb-cumulated-stray-byte.csv'));
  expect(body).toMatchObject({ accepted: 1, repeated: 1, refused: 0, cents: { accepted: 5000, repeated: 10_000 } });
  expect(await linesOf('cas-cumul')).toEqual(RIGHT['e12-feb-cumulated-stray-byte.csv']?.lines);
});

test('a refused line whose label has a line break is taken once its SIRET is added to the file of refused lines', async () => {
  const sent = await spend.send('cas-mend', FUNDER, 'm01.csv', bytesOf('m01-refused-with-line-break.csv'));
  expect(sent.body).toMatchObject({ accepted: 1, refused: 1 });
  const toMend = await (await spend.call(`/files/cas-mend/${FUNDER}/${sent.body['fileId']}/refusals.csv`)).text();
  const mended = toMend.replace('R2;;', 'R2;55208131706650;');
  expect(mended).not.toBe(toMend);
  const { body } = await spend.send('cas-mend', FUNDER, 'm01-corrige.csv', Buffer.from(mended));
  expect(body).toMatchObject({ accepted: 1, refused: 0, cents: { accepted: 20_000 } });
});
