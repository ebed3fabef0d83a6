import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PERSONS } from '@gpect/dev-issuer/persons';
import { ApiClient, SERVICES, type Service, type Urls } from '@gpect/programme/api-client';
import { fetchBilan, inTruthShape, releaseFigures } from '@gpect/programme/bilan';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { printBilan, printLeftOut, printReports } from '@gpect/programme/print';
import { terminalProgress } from '@gpect/programme/progress';
import { keepStack, requireNoneRunning, say } from '../kept-stack.js';
import { withOwnStack } from '../own-stack.js';
import { ROOT } from '../root.js';
import { readRunning, STACK_DIR } from '../run-file.js';
import { servicesNamed } from '../services.js';
import type { Stack } from '../stack.js';

const SAMPLE = join(ROOT, 'examples/npdc-2007-2013');
const PARTNERS = join(ROOT, 'infra/kafka/partners');

interface Options {
  readonly data: string;
  readonly bilan?: string;
}

/** `npm start [-- --data DIR] [--once] [--bilan FILE] [--only SERVICE…]` */
export async function start(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      once: { type: 'boolean', default: false },
      bilan: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  if (values.only) return someAlone(servicesNamed(values.only));
  // npm runs scripts in the clone's root; a relative folder is meant from where the user stands.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const options = {
    data: values.data ? resolve(from, values.data) : SAMPLE,
    ...(values.bilan ? { bilan: resolve(from, values.bilan) } : {}),
  };
  readFolder(options.data); // a wrong folder is said before anything starts
  return values.once ? once(options) : stay(options);
}

/** On a stack of its own: it meets no other stack. */
async function once(options: Options): Promise<number> {
  await withOwnStack(({ urls }) => load(urls, options));
  return 0;
}

/** The kept stack on the usual ports: loads, shows, and stays until Ctrl-C or `npm run stop`. */
async function stay(options: Options): Promise<number> {
  const running = readRunning();
  if (running) {
    say(`Le dispositif tourne déjà (processus ${running.supervisor}) ; les fichiers lui sont envoyés.`);
    await load(running.urls, options);
    return 0;
  }
  return keepStack({ pages: true }, async (stack) => {
    await stack.declarePartners(PARTNERS);
    await load(stack.urls, options);
    return () => sayWhereToGo(stack, options);
  });
}

/** Some services alone, with what they stand on and nothing in them: for work on one of them. */
async function someAlone(services: readonly Service[]): Promise<number> {
  requireNoneRunning();
  return keepStack({ services }, async (stack) => () => {
    for (const service of services) say(`${service.padEnd(15)} ${stack.urls[service]}/openapi.json`);
    say('  avec un jeton : npm run -s token -- --role state');
    say('Ctrl-C ou « npm run stop » arrête tout.');
  });
}

function sayWhereToGo({ urls, partnersBroker: broker, pagesUrl }: Stack, { data }: Options): void {
  const bilan = `${urls.reporting}/bilan?programme=${readFolder(data).rules.code}`;
  say(`\nBilan en JSON : ${bilan}`);
  say('  tel que publié : npm run -s token -- --role evaluator');
  say('  tous les chiffres, à ce jour : npm run -s token -- --role state, et une finalité (&purpose=essai)');
  for (const service of SERVICES) say(`  ${service.padEnd(15)} ${urls[service]}/openapi.json`);
  say(`  partenaires     Kafka ${broker} (TLS, SCRAM) : npm run -s partners -- acces cci-artois`);
  say('  bac à sable     npm run -s sandbox');
  say(`  journaux        ${join(STACK_DIR, 'logs')}`);
  say(`\nLes pages : ${pagesUrl}/dispositif?dispositif=${readFolder(data).rules.code}`);
  say('Qui peut se connecter, sans mot de passe :');
  for (const { name, does } of PERSONS) say(`  ${name.padEnd(18)} ${does}`);
  say('Ctrl-C ou « npm run stop » arrête tout ; les données restent (« npm run reset » les efface).');
}

async function load(urls: Urls, { data, bilan }: Options): Promise<void> {
  const api = new ApiClient(urls);
  const folder = readFolder(data);
  say(`Programme ${folder.rules.code} : ${data}`);
  for (const line of printLeftOut(folder)) say(line);
  say(printReports(await loadProgramme(api, folder, terminalProgress())));
  const result = await fetchBilan(api, folder.rules.code);
  say(`\n${printBilan(result)}`);
  await releaseFigures(api, folder.rules.code);
  if (bilan) writeFileSync(bilan, `${JSON.stringify(inTruthShape(result), null, 1)}\n`);
}
