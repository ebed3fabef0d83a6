// `npm run fuzz`: the long campaigns of random inputs, one after the other; `npm test` has a short form of each.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What is tried: the test, the variable that says how many, and how many in a campaign (1.1 million in all). */
const CAMPAIGNS = {
  envelopes: ['packages/partner-events', 'src/fuzz.test.ts', 'GPECT_FUZZ_ENVELOPES', 500_000],
  records: ['packages/partner-events', 'test/fuzz.test.ts', 'GPECT_FUZZ_RECORDS', 400_000],
  broker: ['packages/partner-events', 'test/codecs.test.ts', 'GPECT_FUZZ_BROKER', 100_000],
  names: ['apps/reporting', 'src/bilan/names.test.ts', 'GPECT_FUZZ_NAMES', 50_000],
  programmes: ['apps/reporting', 'test/secrecy/attack.test.ts', 'GPECT_FUZZ_PROGRAMMES', 5000],
  addresses: ['apps/partner-gateway', 'src/webhook/addresses.test.ts', 'GPECT_FUZZ_ADDRESSES', 50_000],
  tables: ['apps/training-spend', 'test/fuzz', 'GPECT_FUZZ_TABLES', 10_000],
  mending: ['apps/training-spend', 'test/mend-cycle.test.ts', 'GPECT_FUZZ_MENDED', 10_000],
  gateway: ['infra/e2e', 'test/partner-clients.test.ts', 'GPECT_FUZZ_REQUESTS', 2000],
};
const HELP = `npm run fuzz -- [${Object.keys(CAMPAIGNS).join(' ')}] [--seed N] [--share 0.1]`;

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '13' }, share: { type: 'string', default: '1' } },
});
const share = Number(values.share);
const unknown = positionals.filter((name) => !Object.hasOwn(CAMPAIGNS, name));
if (unknown.length > 0 || !(share > 0)) {
  console.error(
    `${HELP}\n${unknown.length > 0 ? `there is no campaign ${unknown.join(', ')}` : 'the share is above 0'}`,
  );
  process.exit(2);
}

let [tried, failed] = [0, 0];
for (const [name, [workspace, test, variable, size]] of Object.entries(CAMPAIGNS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const number = Math.max(1, Math.round(size * share));
  const begun = Date.now();
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'infra/checks/jest.mjs'), '--runInBand', '--testTimeout=3600000', test],
    {
      cwd: join(root, workspace),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, [variable]: String(number), GPECT_FUZZ_SEED: values.seed },
    },
  );
  if (status === 0) tried += number;
  else failed++;
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(`${status === 0 ? '✓' : '✗'} ${name}: ${number} tried, seed ${values.seed}, ${seconds} s\n`);
}
console.log(`${tried} tried without a fault; ${failed} campaigns with one`);
process.exit(failed === 0 ? 0 : 1);
