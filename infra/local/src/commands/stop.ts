import { rmSync } from 'node:fs';
import { forgetRunning, ours, readRunning, STACK_DIR } from '../run-file.js';

const PATIENCE_MS = 40_000;

/** Stops the stack of this clone: asks its supervisor, then whatever outlived it; by id, and only what is ours. */
export async function stop(): Promise<number> {
  const running = readRunning();
  if (!running) {
    process.stdout.write('Rien ne tourne.\n');
    return 0;
  }
  const all = [running.supervisor, ...Object.values(running.pids)];
  if (ours(running.supervisor)) process.kill(running.supervisor, 'SIGTERM');
  else for (const pid of all.filter(ours)) process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (all.some(ours) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 200));
  for (const pid of all.filter(ours)) process.kill(pid, 'SIGKILL');
  forgetRunning();
  process.stdout.write('Tout est arrêté.\n');
  return 0;
}

/** Stops, and removes the data of the kept stack. */
export async function reset(): Promise<number> {
  await stop();
  rmSync(STACK_DIR, { recursive: true, force: true });
  process.stdout.write('Les données sont effacées.\n');
  return 0;
}
