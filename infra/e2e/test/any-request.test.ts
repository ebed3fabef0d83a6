import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TOOLS } from '@gpect/local/stack';
import { SERVICES } from '@gpect/programme/api-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Field, openField, tokenOf } from './harness.js';

/** schemathesis (PyPI) makes requests of every shape from each service's contract; its answers must be in the contract. */
const VERSION = '4.32.5';
const HOME = join(TOOLS, `schemathesis-${VERSION}`);
const PROGRAM = join(HOME, 'bin/schemathesis');
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];

let field: Field;
let token: string;
beforeAll(async () => {
  if (!existsSync(PROGRAM)) {
    execFileSync('python3', ['-m', 'venv', HOME], { stdio: 'pipe' });
    execFileSync(join(HOME, 'bin/pip'), ['install', '--quiet', `schemathesis==${VERSION}`], { stdio: 'pipe' });
  }
  field = await openField(false);
  const roles = ['state', 'region', 'carrier', 'partner', 'consultant', 'funder', 'evaluator', 'operations'];
  token = await tokenOf(field, { roles, carrier: 'cci-artois', consultant: 'C1', funder: 'opca-a' });
});
afterAll(() => field.stop());

test.each(SERVICES)('%s: no answer of 500 or more, none outside its contract, and it stays up', async (service) => {
  const url = field.stack.urls[service];
  const options = [
    ...['--header', `Authorization: Bearer ${token}`],
    ...['--checks', CHECKS.join(',')],
    ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '8'],
    // It cannot write the bytes of tus (application/offset+octet-stream); a tus client does, in spend-endpoints.test.ts.
    ...['--exclude-operation-id', 'continueUpload'],
    ...['--generation-deterministic', '--request-timeout', '30', '--no-color'],
  ];
  const said = await promisify(execFile)(PROGRAM, ['run', `${url}/openapi.json`, ...options], {
    cwd: HOME,
    maxBuffer: 1e8,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
  expect(said).toMatch(/\d+ generated, \d+ passed\n/);
  expect(said).not.toMatch(/FAILURES|ERRORS/);
  // Nothing restarts it here: what answers now is what began.
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

describe('a form that breaks off', () => {
  const send = (body: string) =>
    fetch(`${field.stack.urls.enrolment}/imports?kind=detections&programme=p&action=a`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' },
      body,
    });
  test.each([
    ['without an end', '--x\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\na;b\n1;2'],
    ['without a part', '--x\r\nTrue--x--\r\n'],
    ['with a part without a name', '--x\r\nContent-Disposition: form-data; name=""\r\n\r\n{}\r\n--x--\r\n'],
    ['of nothing', ''],
  ])('%s is refused, and the service stays up', async (_what, body) => {
    expect((await send(body)).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${field.stack.urls.enrolment}/health/ready`)).status).toBe(200);
  });
});
