// `npm run release -w packages/contracts -- 1.2.0`: keeps the contracts of today as released. From then on nothing of them may break.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingBundle } from './compatibility.mjs';
import { breakingApi } from './compatibility-of-apis.mjs';
import { apisOfToday, RELEASED, releasesOf } from './releases.mjs';

const version = process.argv[2] ?? '';
const events = JSON.parse(readFileSync(new URL('../generated/events.json', import.meta.url), 'utf8'));
const documents = apisOfToday();

const faults = [
  ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : [`name the version, as in 1.2.0; «${version}» is none`]),
  ...(existsSync(join(RELEASED, `events-${version}.json`)) ? [`${version} was released already`] : []),
  ...releasesOf('events').flatMap(([, before]) => breakingBundle(before, events)),
  ...releasesOf('openapi').flatMap(([, before]) => breakingApi(before, documents)),
];
if (faults.length === 0) {
  writeFileSync(join(RELEASED, `events-${version}.json`), `${JSON.stringify(events, null, 1)}\n`);
  writeFileSync(join(RELEASED, `openapi-${version}.json`), `${JSON.stringify(documents, null, 1)}\n`);
  console.log(`released: ${version}. Run npm run generate -w packages/contracts for the changelog.`);
} else {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
