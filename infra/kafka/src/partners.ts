import { parseArgs } from 'node:util';
import { applyPartners } from './partners/apply.js';

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const NEEDED = {
  KAFKA_BROKERS: 'bootstrap brokers, e.g. kafka:9092',
  PARTNERS_FOLDER: 'folder of <partner>.yaml files, e.g. infra/kafka/partners',
  SECRETS_FOLDER: 'folder in which partners’ secrets are kept, e.g. /run/secrets/partners',
  PARTNER_GATEWAY_URL: 'address of the partner gateway, e.g. http://partner-gateway:4000',
  OPERATIONS_TOKEN: 'a token with the role operations',
} as const;
const missing = Object.entries(NEEDED).filter(([name]) => !process.env[name]);
if (missing.length > 0) {
  process.stderr.write(`${missing.map(([name, what]) => `${name} is missing: ${what}`).join('\n')}\n`);
  process.exit(78);
}
const given = (name: keyof typeof NEEDED) => process.env[name] ?? '';
try {
  const done = await applyPartners({
    brokers: given('KAFKA_BROKERS'),
    folder: given('PARTNERS_FOLDER'),
    secrets: given('SECRETS_FOLDER'),
    gateway: given('PARTNER_GATEWAY_URL'),
    token: given('OPERATIONS_TOKEN'),
    replication: Number(process.env['KAFKA_REPLICATION'] ?? 1),
    dryRun: values['dry-run'],
  });
  const said = done.length === 0 ? 'partners agree with their declarations\n' : `${done.join('\n')}\n`;
  // The admin client keeps a timer when it is closed.
  process.stdout.write(said, () => process.exit(0));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
