import { parseArgs } from 'node:util';
import { readEnvironment } from '@gpect/service-kit/config/environment';
import { PARTNERS_CONFIG } from './config.js';
import { applyPartners } from './partners/apply.js';

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const config = readEnvironment(process.env, PARTNERS_CONFIG);
try {
  const done = await applyPartners({
    brokers: config.KAFKA_BROKERS,
    folder: config.PARTNERS_FOLDER,
    secrets: config.SECRETS_FOLDER,
    gateway: config.PARTNER_GATEWAY_URL,
    token: config.OPERATIONS_TOKEN,
    replication: config.KAFKA_REPLICATION,
    dryRun: values['dry-run'],
  });
  const said = done.length === 0 ? 'partners agree with their declarations\n' : `${done.join('\n')}\n`;
  // The admin client keeps a timer when it is closed.
  process.stdout.write(said, () => process.exit(0));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
