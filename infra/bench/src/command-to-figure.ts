import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';
import type { Stack } from '@gpect/local/stack';
import { ApiClient } from '@gpect/programme/api-client';
import { readFolder } from '@gpect/programme/folder';
import { SIRETS } from './sample.js';

const STATE = { roles: ['state'] };

/**
 * Opens the programme `latency`, whose firms are detected one by one.
 * @param bilan where its bilan is asked for
 * @returns detects the next firm; milliseconds from the command's 2xx until the bilan has it
 */
export async function startCommands(stack: Stack, bilan: string): Promise<() => Promise<number>> {
  const api = new ApiClient(stack.urls);
  const folder = readFolder(join(ROOT, 'examples/npdc-2007-2013'));
  await api.command('enrolment', STATE, '/programmes', { ...folder.rules, code: 'latency', basins: folder.basins });
  await api.command('enrolment', STATE, '/collective-actions', {
    programme: 'latency',
    code: 'lille',
    name: 'Lille',
    basins: ['lille'],
    startsOn: '2010-01-01',
    durationMonths: 18,
    targetFirms: 1,
    carriers: [{ code: 'c', name: 'C' }],
  });
  let detected = 0;
  return async () => {
    await api.command('enrolment', STATE, '/firms', {
      programme: 'latency',
      action: 'lille',
      siret: SIRETS[detected],
      name: 'X',
      basin: 'lille',
      naf: '25.62B',
      headcount: 10,
      detectedOn: '2010-02-01',
      source: 'OPCA',
    });
    detected++;
    const answered = performance.now();
    for (;;) {
      const { figures } = (await api.get('reporting', STATE, bilan)) as { figures: { detected: number } };
      if (figures.detected === detected) return performance.now() - answered;
      await new Promise((resolve) => setTimeout(resolve, 4)); // a reader looks again; it does not take a core
    }
  };
}
