import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Urls } from '@gpect/programme/api-client';
import { ROOT } from './root.js';

/** What runs on this machine from this clone: who supervises it, where it answers, its processes. */
export interface Running {
  readonly supervisor: number;
  readonly urls: Urls;
  /** Bootstrap broker of the services, and that of the partners with what they trust. */
  readonly broker: string;
  readonly partnersBroker: string;
  readonly authority: string;
  readonly mongoUrls: { readonly reporting: string };
  readonly pids: Readonly<Record<string, number>>;
}

/** Where what runs is noted and kept; GPECT_LOCAL where a test has a stack of its own. */
export const LOCAL = process.env['GPECT_LOCAL'] ?? join(ROOT, '.local');
export const STACK_DIR = join(LOCAL, 'stack');
const FILE = join(LOCAL, 'running.json');

export function noteRunning(running: Running): void {
  writeFileSync(FILE, JSON.stringify(running, null, 1));
}

export function forgetRunning(): void {
  rmSync(FILE, { force: true });
}

/** The stack that runs; undefined when none was started, or when its processes are gone. */
export function readRunning(): Running | undefined {
  if (!existsSync(FILE)) return undefined;
  const running = JSON.parse(readFileSync(FILE, 'utf8')) as Running;
  if (ours(running.supervisor) || Object.values(running.pids).some(ours)) return running;
  forgetRunning();
  return undefined;
}

/** Whether the process is alive and was started from this clone: an id may have been given to somebody else since. */
export function ours(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const cwd = `/proc/${pid}/cwd`;
    return (
      command.includes(ROOT) ||
      command.includes('infra/local') ||
      (existsSync(cwd) && /(dist|\.dev)\/main\.js/.test(command))
    );
  } catch {
    return false;
  }
}
