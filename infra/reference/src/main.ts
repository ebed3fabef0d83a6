import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { communeChangesOf } from './communes.js';
import { naf2025Of, saidOfNaf2025 } from './naf-2025.js';
import { NotTheFile, rowsOf } from './rows.js';
import { saidOfZones, zoneColumnsOf, zonesIn } from './zones.js';

/** Writes a list that no package carries into `packages/reference-data/data/`, out of the official file. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    structure: { type: 'string' },
    correspondence: { type: 'string' },
    events: { type: 'string' },
    edition: { type: 'string' },
    communes: { type: 'string' },
    source: { type: 'string', default: 'Insee, Licence Ouverte 2.0' },
    ...{ commune: { type: 'string' }, zone: { type: 'string' }, name: { type: 'string' } },
  },
});
const today = new Date().toISOString().slice(0, 10);

function needed(name: keyof typeof values): string {
  const path = values[name];
  if (!path) throw new NotTheFile(`--${name} is missing`);
  return path;
}

function write(name: string, list: object, files: readonly string[]): void {
  const path = new URL(`../../../packages/reference-data/data/${name}.json`, import.meta.url);
  const { source } = values;
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
  [
    'communes',
    async () => {
      const changes = communeChangesOf(await rowsOf(needed('events')));
      write('commune-changes', { changes }, [needed('events')]);
      return `${changes.length} changements de code de communes, de ${changes[0]?.on} à ${changes.at(-1)?.on}`;
    },
  ],
  [
    'zones',
    async () => {
      const edition = Number(needed('edition'));
      const { commune, zone, name } = { ...zoneColumnsOf(edition), ...values };
      const zones = zonesIn(await rowsOf(needed('communes')), edition, { commune, zone, name });
      write(`employment-zones-${edition}`, { edition, zones }, [needed('communes')]);
      return saidOfZones(zones, edition);
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
