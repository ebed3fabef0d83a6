import { bilan } from './commands/bilan.js';
import { dev } from './commands/dev.js';
import { dlq } from './commands/dlq.js';
import { partners } from './commands/partners.js';
import { rebuild } from './commands/rebuild.js';
import { sandbox } from './commands/sandbox.js';
import { spend } from './commands/spend.js';
import { start } from './commands/start.js';
import { reset, stop } from './commands/stop.js';
import { token } from './commands/token.js';

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  start,
  dev,
  stop,
  reset,
  token,
  bilan,
  rebuild,
  spend,
  partners,
  sandbox,
  dlq,
};

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) {
  process.stderr.write(`unknown command "${name}"; known: ${Object.keys(COMMANDS).join(', ')}\n`);
  process.exit(64);
}
try {
  process.exit(await command(args));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
