import { parseArgs } from 'node:util';
import { ApiClient } from '@gpect/programme/api-client';
import { fetchBilan } from '@gpect/programme/bilan';
import { printBilan } from '@gpect/programme/print';
import { readRunning } from '../run-file.js';

/** `npm run bilan [-- --programme CODE]` prints the bilan of the stack that runs. */
export async function bilan(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { programme: { type: 'string', default: 'npdc-2007-2013' } } });
  const running = readRunning();
  if (!running) {
    process.stderr.write('Rien ne tourne : lancez « npm start » d’abord.\n');
    return 1;
  }
  process.stdout.write(`${printBilan(await fetchBilan(new ApiClient(running.urls, 5000), values.programme))}\n`);
  return 0;
}
