import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '@gpect/programme/api-client';
import { fetchBilan } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { ROOT } from '../root.js';
import { readRunning } from '../run-file.js';

/** `npm run rebuild`: empties reporting's read models, waits until the topics built them again, and compares the bilan. */
export async function rebuild(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { programme: { type: 'string', default: 'npdc-2007-2013' } } });
  const running = readRunning();
  if (!running) {
    process.stderr.write('Rien ne tourne : lancez « npm start » d’abord.\n');
    return 1;
  }
  const api = new ApiClient(running.urls, 60_000);
  await caughtUp(api);
  const before = JSON.stringify(await fetchBilan(api, values.programme));
  const { status } = spawnSync(process.execPath, ['dist/rebuild.js'], {
    cwd: join(ROOT, 'apps/reporting'),
    env: { ...process.env, MONGO_URL: running.mongoUrls.reporting },
    stdio: 'inherit',
  });
  if (status !== 0) return status ?? 1;
  await caughtUp(api);
  const same = JSON.stringify(await fetchBilan(api, values.programme)) === before;
  process.stdout.write(
    same ? 'Le bilan reconstruit est le même, octet pour octet.\n' : 'Le bilan reconstruit DIFFÈRE.\n',
  );
  return same ? 0 : 1;
}
