// `npm run readers`: which services read each event, written down for the catalogue and `can-i-deploy` as their handlers say.
// `--check` writes nothing and fails where what is written down is not what they say.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICE_NAMES } from '@gpect/contracts/api-documents';
import { typesReadBy } from '@gpect/service-kit/service/definition';

const contracts = join(dirname(fileURLToPath(import.meta.url)), '../../packages/contracts');
const file = join(contracts, 'generated/readers.json');

const readers = {};
for (const name of [...SERVICE_NAMES].sort())
  for (const type of typesReadBy(await definitionOf(name))) readers[type] = [...(readers[type] ?? []), name];
const text = `${JSON.stringify(Object.fromEntries(Object.entries(readers).sort()), null, 1)}\n`;

if (readFileSync(file, 'utf8') === text) process.exit(0);
if (process.argv.includes('--check')) {
  console.error('packages/contracts/generated/readers.json is not what the handlers read: npm run readers');
  process.exit(1);
}
writeFileSync(file, text);
process.exit(spawnSync(process.execPath, ['scripts/generate.mjs'], { cwd: contracts, stdio: 'inherit' }).status ?? 1);

/** A service's definition: what its `service.ts` exports under its name, or makes of its settings. */
async function definitionOf(name) {
  const module = await import(`../../apps/${name}/dist/service.js`);
  const exported = module[name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())];
  return typeof exported === 'function' ? exported({}) : exported;
}
