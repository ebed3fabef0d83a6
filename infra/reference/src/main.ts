import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { naf2025Of, saidOfNaf2025 } from './naf-2025.js';
import { NotTheFile, rowsOf } from './rows.js';

/** Writes a list that no package carries into `packages/reference-data/data/`, out of the official file. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { structure: { type: 'string' }, correspondence: { type: 'string' } },
});
const today = new Date().toISOString().slice(0, 10);

function needed(name: keyof typeof values): string {
  const path = values[name];
  if (!path) throw new NotTheFile(`--${name} FILE is missing`);
  return path;
}

function write(name: string, list: object, files: readonly string[]): void {
  const path = new URL(`../../../packages/reference-data/data/${name}.json`, import.meta.url);
  const source = 'Insee, Licence Ouverte 2.0';
  writeFileSync(
    path,
    `${JSON.stringify({ source, files: files.map((f) => basename(f)), loadedOn: today, ...list }, null, 1)}\n`,
  );
}

const LISTS = new Map<string, () => Promise<string>>([
  [
    'naf-2025',
    async () => {
      const files = [needed('structure'), needed('correspondence')];
      const [structure = [], correspondence = []] = await Promise.all(files.map(rowsOf));
      const list = naf2025Of(structure, correspondence);
      write('naf-2025', list, files);
      return saidOfNaf2025(list);
    },
  ],
]);

try {
  const load = LISTS.get(positionals[0] ?? '');
  if (!load) throw new NotTheFile(`name the list to load: ${[...LISTS.keys()].join(', ')}`);
  process.stdout.write(`${await load()}\n`);
} catch (error) {
  if (!(error instanceof NotTheFile)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 64;
}
