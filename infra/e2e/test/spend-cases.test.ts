import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as tus from 'tus-js-client';
import { type Field, openField } from './harness.js';
import { type FileReport, SpendClient } from './spend-field.js';

/** Each small file of a habit by each endpoint that takes it: what becomes of it depends on no endpoint. */

const TESTS = join(ROOT, 'apps/training-spend/test');
const RIGHT = JSON.parse(readFileSync(join(TESTS, 'right-cases.json'), 'utf8')) as Record<
  string,
  { cents: number; refused: string | Record<string, string> }
>;
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

describe.each(Object.keys(ENDPOINTS))('by the endpoint "%s"', (by) => {
  // A folder waits for a first byte, and a form or an event for content.
  const taken = NAMES.filter((name) => readFileSync(join(TESTS, 'cases', name)).length > 0);
  const programmeOf = (name: string) => `cas-${by}-${NAMES.indexOf(name)}`;
  beforeAll(async () => {
    for (const name of taken) await ENDPOINTS[by]?.(programmeOf(name), name, readFileSync(join(TESTS, 'cases', name)));
  }, 300_000);

  test.each(taken)('%s', async (name) => {
    const { status, reason, cents, refusals } = await reportOf(programmeOf(name));
    expect({
      cents: cents['accepted'],
      refused:
        status === 'REJECTED' ? reason : Object.fromEntries(refusals.map(({ line, reason: why }) => [line, why])),
    }).toEqual({ cents: RIGHT[name]?.cents, refused: RIGHT[name]?.refused });
  });
});
