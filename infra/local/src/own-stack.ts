import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onSignal, startStack } from './kept-stack.js';
import { anyFreePorts } from './ports.js';
import type { Stack } from './stack.js';

/** Works with a stack of its own, on free ports and in a folder of its own, all gone afterwards, at a signal too. */
export async function withOwnStack(work: (stack: Stack) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-own-'));
  let stack: Stack | undefined;
  const stop = async () => {
    await stack?.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  onSignal(async () => {
    await stop();
    process.exit(130);
  });
  try {
    stack = await startStack({ dir, ports: await anyFreePorts() });
    await work(stack);
  } finally {
    await stop();
  }
}
