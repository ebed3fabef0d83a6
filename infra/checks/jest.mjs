// Runs Jest on the workspace in the current folder with the shared configuration, and leaves its counts in .test-results/.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
mkdirSync('.test-results', { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    '-c',
    join(root, 'jest.config.mjs'),
    '--rootDir',
    process.cwd(),
    '--json',
    '--outputFile',
    '.test-results/jest.json',
    '--passWithNoTests',
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
process.exit(status ?? 1);
