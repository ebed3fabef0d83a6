import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from '@gpect/programme/api-client';
import { readFolder } from '@gpect/programme/folder';
import { endpointsOfOperations } from '../operations.js';
import { ROOT } from '../root.js';
import { STACK_DIR } from '../run-file.js';

const FILE = join(STACK_DIR, 'bac-a-sable.json');
const STATE = { roles: ['state'] } as const;

/**
 * `npm run sandbox [-- reset]`: a programme for partners to try in, with an action and its partners. Events are kept for
 * ever, so a reset opens the next one (`bac-a-sable-2`), which the same partners may use: their declarations name
 * `bac-a-sable*`.
 */
export async function sandbox([what]: string[]): Promise<number> {
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as { number: number }).number : 0;
  const number = what === 'reset' ? before + 1 : Math.max(before, 1);
  const programme = `bac-a-sable-${number}`;
  if (number !== before) {
    await openSandbox(endpointsOfOperations(), programme);
    writeFileSync(FILE, JSON.stringify({ number }));
  }
  process.stdout.write(`export GPECT_PROGRAMME='${programme}' GPECT_ACTION='essai' GPECT_BASIN='artois-ternois'\n`);
  return 0;
}

/** A programme like the sample's, with one action of CCI Artois in which the employment house of Lens detects firms. */
export async function openSandbox(api: ApiClient, programme: string): Promise<void> {
  const { rules, basins } = readFolder(join(ROOT, 'examples/npdc-2007-2013'));
  await api.command('enrolment', STATE, '/programmes', { ...rules, code: programme, name: 'Bac à sable', basins });
  await api.command('enrolment', STATE, '/collective-actions', {
    programme,
    code: 'essai',
    name: 'Action d’essai',
    basins: ['artois-ternois'],
    startsOn: '2010-04-06',
    durationMonths: 18,
    targetFirms: 32,
    carriers: [{ code: 'cci-artois', name: 'CCI Artois' }],
  });
  await api.command('enrolment', STATE, `/collective-actions/${programme}/essai/partners`, {
    partner: 'mde-lens',
    name: "Maison de l'emploi de Lens-Hénin-Carvin",
    kind: 'EMPLOYMENT_HOUSE',
    roles: ['DETECTION'],
    since: '2010-04-06',
  });
}
