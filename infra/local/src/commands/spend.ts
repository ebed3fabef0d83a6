import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '@gpect/programme/api-client';
import { printSpendFile, sendSpend, spendProgress } from '@gpect/programme/send-spend';
import { readRunning } from '../run-file.js';

/** `npm run spend -- --funder CODE FILE…` sends files of spend to the stack that runs, and shows how far they are. */
export async function spend(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { programme: { type: 'string', default: 'npdc-2007-2013' }, funder: { type: 'string' } },
  });
  const { programme, funder } = values;
  if (!funder || positionals.length === 0) {
    process.stderr.write('Usage : npm run spend -- --funder opca-a [--programme CODE] fichier…\n');
    return 64;
  }
  const paths = positionals.map((path) => resolve(process.env['INIT_CWD'] ?? '.', path));
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) {
    process.stderr.write(`Introuvable : ${missing.join(', ')}\n`);
    return 66;
  }
  const running = readRunning();
  if (!running) {
    process.stderr.write('Rien ne tourne : lancez « npm start » d’abord.\n');
    return 1;
  }
  const api = new ApiClient(running.urls, 30_000);
  let rejected = 0;
  for (const path of paths) {
    const progress = spendProgress();
    const file = await sendSpend(api, { programme, funder, path }, progress.seen).finally(() => progress.end());
    if (file.status === 'REJECTED') rejected++;
    process.stdout.write(`${printSpendFile(file)}\n`);
  }
  return rejected === 0 ? 0 : 1;
}
