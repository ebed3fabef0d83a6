import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gpect/local/root';

const DETECTIONS = join(ROOT, 'examples/npdc-2007-2013/detections');

/** The firms of the sample. */
export const SIRETS = readdirSync(DETECTIONS).flatMap((file) =>
  readFileSync(join(DETECTIONS, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 14)),
);

/** Resident memory of a process, in MB. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
