import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SERVICES, type Service } from '@gpect/programme/api-client';
import { compile } from '../dev/compile.js';
import { DevLoop } from '../dev/dev-loop.js';
import { impactOf } from '../dev/impact.js';
import { SourceWatch } from '../dev/source-watch.js';
import { keepStack, requireNoneRunning, say } from '../kept-stack.js';
import { usualPorts } from '../ports.js';
import { ROOT } from '../root.js';
import { servicesNamed } from '../services.js';

/** A package that services are made of gives its sources under this condition, as they are compiled here. */
const CONDITION = 'gpect-dev';
const CONTRACTS = ['packages/contracts/events', 'packages/contracts/openapi'];
const MADE = ['node_modules', 'dist', 'test'];
/** A service's debugger listens so far above its own port. */
const INSPECTOR_ABOVE = 100;

/** `npm run dev [-- SERVICE…] [--only]`: the stack, with edits brought into the services that are named. */
export async function dev(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { only: { type: 'boolean', default: false } },
  });
  requireNoneRunning();
  const watched = positionals.length > 0 ? servicesNamed(positionals) : SERVICES;
  let edited: (files: string[]) => void = () => undefined;
  const watch = new SourceWatch(ROOT, foldersOf(watched), (files) => edited(files));
  for (const folder of [...watched.map((s) => `apps/${s}`), ...sharedPackages()])
    rmSync(join(ROOT, folder, '.dev'), { recursive: true, force: true });
  const faults = await compile(ROOT, impactOf(watch.files(), watched).sources);
  for (const { file, reason } of faults) say(`${file} cannot be compiled\n${reason}`);
  if (faults.length > 0) return 1;
  const inspectorOf = (service: Service) => usualPorts()[service] + INSPECTOR_ABOVE;
  const program = (service: Service) =>
    watched.includes(service)
      ? [
          `--conditions=${CONDITION}`,
          `--inspect=127.0.0.1:${inspectorOf(service)}`,
          `--import=${pathToFileURL(join(ROOT, 'infra/local/dev-inspector.mjs'))}`,
          '.dev/main.js',
        ]
      : undefined;
  return keepStack({ program, ...(values.only ? { services: watched } : {}) }, async (stack) => {
    const loop = new DevLoop({ root: ROOT, watched, say, restart: (service) => stack.replaceService(service) });
    edited = (files) => loop.edited(files);
    return () => {
      for (const service of watched)
        say(`${service.padEnd(15)} ${stack.urls[service]}  debugger on 127.0.0.1:${inspectorOf(service)}`);
      say('Edits are brought into these services. The sample: npm start, in another terminal. Ctrl-C ends everything.');
    };
  });
}

/** Where sources, data and contracts of the watched services are. */
function foldersOf(watched: readonly Service[]): string[] {
  const own = watched.flatMap((service) =>
    readdirSync(join(ROOT, 'apps', service), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !MADE.includes(entry.name))
      .map((entry) => `apps/${service}/${entry.name}`),
  );
  const shared = sharedPackages().map((folder) => `${folder}/src`);
  return [...own, ...shared, ...CONTRACTS].filter((folder) => existsSync(join(ROOT, folder)));
}

/** What services are made of, beside their own folder. */
function sharedPackages(): string[] {
  const folders = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`);
  return folders.filter((folder) => {
    const file = join(ROOT, folder, 'package.json');
    return existsSync(file) && readFileSync(file, 'utf8').includes(`"${CONDITION}"`);
  });
}
