import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** A process that we started, ended only by its own id. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with the exit code (null after a signal) once it has ended. */
  readonly ended: Promise<number | null>;
  running(): boolean;
  /** SIGTERM, then SIGKILL when it has not ended within `graceMs`. */
  stop(graceMs?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

const started = new Set<ChildProcess>();
// Whatever way this process ends, the servers it started do not outlive it.
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a program in a process group of its own (a Ctrl-C in the terminal is ours to pass on, in order), its output in `logFile`. */
export function startChild(
  name: string,
  command: string,
  args: readonly string[],
  { logFile, env, cwd }: { logFile: string; env?: NodeJS.ProcessEnv; cwd?: string },
): Child {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    detached: true,
    env: env ?? process.env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  started.add(child);
  let ended = false;
  const whenEnded = new Promise<number | null>((resolve) => {
    const end = (code: number | null) => {
      ended = true;
      started.delete(child);
      resolve(code);
    };
    child.once('exit', end);
    child.once('error', () => end(127));
  });
  return {
    name,
    pid: child.pid ?? -1,
    logFile,
    ended: whenEnded,
    running: () => !ended,
    kill: (signal) => {
      child.kill(signal);
    },
    stop: async (graceMs = 15_000) => {
      if (ended) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await whenEnded;
      clearTimeout(timer);
    },
  };
}
