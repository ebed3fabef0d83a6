type Run = (args: string[]) => Promise<number>;

/** Each is loaded when it is asked for: who stops what runs needs none of what starts it. */
const COMMANDS: Readonly<Record<string, () => Promise<Run>>> = {
  start: async () => (await import('./commands/start.js')).start,
  dev: async () => (await import('./commands/dev.js')).dev,
  stop: async () => (await import('./commands/stop.js')).stop,
  reset: async () => (await import('./commands/stop.js')).reset,
  token: async () => (await import('./commands/token.js')).token,
  bilan: async () => (await import('./commands/bilan.js')).bilan,
  documents: async () => (await import('./commands/documents.js')).documents,
  rebuild: async () => (await import('./commands/rebuild.js')).rebuild,
  spend: async () => (await import('./commands/spend.js')).spend,
  partners: async () => (await import('./commands/partners.js')).partners,
  sandbox: async () => (await import('./commands/sandbox.js')).sandbox,
  dlq: async () => (await import('./commands/dlq.js')).dlq,
};

const [name = '', ...args] = process.argv.slice(2);
const load = COMMANDS[name];
if (!load) {
  process.stderr.write(`unknown command "${name}"; known: ${Object.keys(COMMANDS).join(', ')}\n`);
  process.exit(64);
}
try {
  const command = await load();
  process.exit(await command(args));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
