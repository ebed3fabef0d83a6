import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ApiClient, SERVICES, type Urls } from './api-client.js';
import { fetchBilan, inTruthShape } from './bilan.js';
import { readFolder } from './folder.js';
import { loadProgramme } from './load.js';
import { printBilan, printLeftOut, printReports } from './print.js';
import { terminalProgress } from './progress.js';

/** Sends a programme folder to running services and prints its bilan. Where they are: ISSUER_URL, ENROLMENT_URL, CONSULTING_URL… */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'examples/npdc-2007-2013' },
    bilan: { type: 'string' },
    'only-bilan': { type: 'boolean', default: false },
    stay: { type: 'boolean', default: false },
  },
});
const urlOf = (name: string): string => {
  const variable = `${name.toUpperCase().replaceAll('-', '_')}_URL`;
  const url = process.env[variable];
  if (!url) {
    process.stderr.write(`${variable} is missing: where ${name} answers, e.g. http://${name}:4000\n`);
    process.exit(78);
  }
  return url;
};
const urls = Object.fromEntries(['issuer', ...SERVICES].map((name) => [name, urlOf(name)])) as unknown as Urls;
const api = new ApiClient(urls);
const folder = readFolder(values.data);
for (const line of printLeftOut(folder)) process.stdout.write(`${line}\n`);
if (!values['only-bilan'])
  process.stdout.write(`${printReports(await loadProgramme(api, folder, terminalProgress()))}\n`);
const bilan = await fetchBilan(api, folder.rules.code);
process.stdout.write(`${printBilan(bilan)}\n`);
if (values.bilan) writeFileSync(values.bilan, `${JSON.stringify(inTruthShape(bilan), null, 1)}\n`);
// In a compose file a container that ends is a container that failed: this one waits to be stopped.
if (values.stay) {
  const waiting = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => clearInterval(waiting));
}
