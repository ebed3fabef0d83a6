import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import { expect, test } from '@jest/globals';
import { SAMPLE, truth } from './harness.js';

const MAIN = join(ROOT, 'infra/local/dist/main.js');

test('npm start -- --data DIR --once --bilan FILE: loads another folder, writes its bilan, stops everything, exits 0', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-folder-'));
  cpSync(SAMPLE, join(dir, 'Autre dossier'), { recursive: true });
  rmSync(join(dir, 'Autre dossier/programme.json'));
  const child = spawn(process.execPath, [MAIN, 'start', '--once', '--data', 'Autre dossier', '--bilan', 'bilan.json'], {
    cwd: dir,
    env: { ...process.env, INIT_CWD: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  expect(JSON.parse(readFileSync(join(dir, 'bilan.json'), 'utf8'))).toEqual(truth);
  expect(said).toContain('Programme autre-dossier-');
  rmSync(dir, { recursive: true });
});

test('a folder that is no programme is refused before anything starts, with what it lacks', () => {
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'start', '--once', '--data', tmpdir()], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('is not a programme folder: basins.json, actions.json');
});

test('a port that somebody else has is named, with who has it', async () => {
  const server = createServer().listen(24_001, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const child = spawn(process.execPath, [MAIN, 'start'], {
    env: { ...process.env, GPECT_PORT_BASE: '24000' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  server.close();
  expect(code).toBe(1);
  expect(stderr).toContain('port 24001 (for enrolment) is taken by');
  if (process.platform === 'linux') expect(stderr).toContain(`process ${process.pid}`);
});
