import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKafka } from '@gpect/local-servers/kafka';
import { freePorts } from '@gpect/local-servers/ports';

/** A real broker alone, whose process can be frozen. */
export interface Broker {
  readonly broker: string;
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const TOOLS = fileURLToPath(new URL('../../../.local/tools', import.meta.url));

export async function startBroker(): Promise<Broker> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-test-'));
  const [port = 0, controllerPort = 0, partnersPort = 0] = await freePorts(3);
  const { broker, child } = await startKafka({ dir, port, controllerPort, partnersPort, toolsDir: TOOLS });
  return {
    broker,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT');
      await child.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
