import { requireFree, usualPorts } from './ports.js';
import { forgetRunning, noteRunning, readRunning, STACK_DIR } from './run-file.js';
import { Stack, type StackOptions } from './stack.js';

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export async function startStack(options: StackOptions): Promise<Stack> {
  const began = Date.now();
  say('Démarrage : Kafka, mongod, les services…');
  const stack = await Stack.start({ say, ...options });
  say(`Tout répond après ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  return stack;
}

/**
 * The stack that this clone keeps, on the usual ports, until Ctrl-C or `npm run stop`.
 * @param work what is done once it runs; gives what is said when it is done
 */
export async function keepStack(
  options: Pick<StackOptions, 'services' | 'program' | 'pages'>,
  work: (stack: Stack) => Promise<() => void>,
): Promise<number> {
  const ports = usualPorts();
  await requireFree(ports);
  const stack = await startStack({ dir: STACK_DIR, ports, ...options });
  const note = () =>
    noteRunning({
      supervisor: process.pid,
      urls: stack.urls,
      broker: stack.broker,
      partnersBroker: stack.partnersBroker,
      authority: stack.authority,
      mongoUrls: { reporting: stack.mongoUrlOf('reporting') },
      pids: stack.pids(),
    });
  note();
  const noting = setInterval(note, 2000);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      say('Arrêt…');
      clearInterval(noting);
      await stack.stop();
      forgetRunning();
    })();
    return stopping;
  };
  const asked = new Promise<void>((resolve) => onSignal(() => stop().then(resolve)));
  try {
    const done = await work(stack);
    if (!stopping) done();
  } catch (error) {
    await stop();
    throw error;
  }
  await asked;
  return 0;
}

/** @throws an error that says how to stop what runs */
export function requireNoneRunning(): void {
  const running = readRunning();
  if (running)
    throw new Error(`Le dispositif tourne déjà (processus ${running.supervisor}) : « npm run stop » l'arrête.`);
}

export function onSignal(act: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void act());
}
