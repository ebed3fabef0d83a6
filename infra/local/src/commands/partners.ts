import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DevIssuer } from '@gpect/dev-issuer/issuer';
import { accessOf } from '../access.js';
import { ROOT } from '../root.js';
import { readRunning, STACK_DIR } from '../run-file.js';

const USAGE = `npm run partners -- apply [--dry-run] [--folder infra/kafka/partners]
npm run partners -- acces CODE      prints what a partner is told of its access (not its secret)
`;

/** Makes the stack that runs agree with the declarations of partners, and says what each is told. */
export async function partners(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, folder: { type: 'string' } },
  });
  const [what, code] = positionals;
  const running = readRunning();
  if (!running) throw new Error('Rien ne tourne : lancez « npm start » d’abord.');
  if (what === 'acces' && code) {
    for (const [name, value] of Object.entries(accessOf(running, join(STACK_DIR, 'secrets'), code)))
      process.stdout.write(`export ${name}='${value}'\n`);
    return 0;
  }
  if (what !== 'apply') {
    process.stderr.write(USAGE);
    return 64;
  }
  const keyFile = join(STACK_DIR, 'issuer-key.json');
  const issuer = await DevIssuer.open({ issuer: `${running.urls.issuer}/`, audience: 'gpect', keyFile });
  const from = process.env['INIT_CWD'] ?? process.cwd();
  execFileSync(process.execPath, ['dist/partners.js', ...(values['dry-run'] ? ['--dry-run'] : [])], {
    cwd: join(ROOT, 'infra/kafka'),
    stdio: 'inherit',
    env: {
      ...process.env,
      KAFKA_BROKERS: running.broker,
      PARTNERS_FOLDER: values.folder ? resolve(from, values.folder) : join(ROOT, 'infra/kafka/partners'),
      SECRETS_FOLDER: join(STACK_DIR, 'secrets'),
      PARTNER_GATEWAY_URL: running.urls['partner-gateway'],
      OPERATIONS_TOKEN: await issuer.token({ roles: ['operations'] }),
    },
  });
  return 0;
}
