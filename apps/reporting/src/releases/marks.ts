import { createHmac } from 'node:crypto';

const BYTES = 8;

/**
 * Marks of what firms said for something that is told, one a firm, in their order; from them nobody knows a firm or what it said.
 * @param behind by firm, what it said, as a text
 */
export function marksOf(name: string, behind: ReadonlyMap<string, string>, key: string): string[] {
  return [...behind]
    .map(([firm, said]) =>
      createHmac('sha256', key)
        .update(JSON.stringify([name, firm, said]))
        .digest()
        .subarray(0, BYTES)
        .toString('hex'),
    )
    .sort();
}

/** Marks as they are kept, in base 64. */
export const joined = (marks: readonly string[]): string => Buffer.from(marks.join(''), 'hex').toString('base64');

function parted(behind: string): string[] {
  const hex = Buffer.from(behind, 'base64').toString('hex');
  return Array.from({ length: hex.length / (2 * BYTES) }, (_, i) => hex.slice(i * 2 * BYTES, (i + 1) * 2 * BYTES));
}

/** The fewest firms that can have changed between two sets of marks: one that changed takes its mark away and leaves another. */
export function firmsBetween(behind: string, now: readonly string[]): number {
  const before = new Set(parted(behind));
  const after = new Set(now);
  const gone = [...before].filter((mark) => !after.has(mark)).length;
  const come = [...after].filter((mark) => !before.has(mark)).length;
  return Math.max(gone, come);
}
