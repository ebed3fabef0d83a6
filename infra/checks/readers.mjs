// `npm run readers`: which services read each event, written down for the catalogue and `can-i-deploy` as their handlers say.
// `--check` writes nothing and fails where what is written down is not what they say.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { typesReadBy } from '@gpect/service-kit/service/definition';
import { consulting } from '../../apps/consulting/dist/service.js';
import { enrolment } from '../../apps/enrolment/dist/service.js';
import { evaluation } from '../../apps/evaluation/dist/service.js';
import { partnerGateway } from '../../apps/partner-gateway/dist/service.js';
import { reporting } from '../../apps/reporting/dist/service.js';
import { trainingSpend } from '../../apps/training-spend/dist/service.js';
import { workshops } from '../../apps/workshops/dist/service.js';

const SERVICES = [consulting, enrolment, evaluation, partnerGateway(), reporting, trainingSpend({}), workshops];
const contracts = join(dirname(fileURLToPath(import.meta.url)), '../../packages/contracts');
const file = join(contracts, 'generated/readers.json');

const readers = {};
for (const service of SERVICES)
  for (const type of typesReadBy(service)) readers[type] = [...(readers[type] ?? []), service.name];
const text = `${JSON.stringify(Object.fromEntries(Object.entries(readers).sort()), null, 1)}\n`;

if (readFileSync(file, 'utf8') === text) process.exit(0);
if (process.argv.includes('--check')) {
  console.error('packages/contracts/generated/readers.json is not what the handlers read: npm run readers');
  process.exit(1);
}
writeFileSync(file, text);
process.exit(spawnSync(process.execPath, ['scripts/generate.mjs'], { cwd: contracts, stdio: 'inherit' }).status ?? 1);
