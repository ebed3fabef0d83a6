import { randomBytes } from 'node:crypto';

/**
 * Position of an outbox entry: a hybrid logical clock in 16 hexadecimal digits, then what makes it unique among
 * replicas. It grows along each aggregate whatever the clocks of the replicas say, because a writer starts above the
 * last position of every aggregate that it writes. Entries compare as strings.
 */
export type Position = string;

let last = 0n;

/** The next position, above `now` and above every position in `after`. */
export function nextPosition(after: Iterable<Position | undefined>, now = Date.now()): Position {
  let clock = BigInt(now) << 12n;
  if (clock <= last) clock = last + 1n;
  for (const position of after) {
    if (position === undefined) continue;
    const known = BigInt(`0x${position.slice(0, 16)}`);
    if (known >= clock) clock = known + 1n;
  }
  last = clock;
  return `${clock.toString(16).padStart(16, '0')}-${randomBytes(4).toString('hex')}`;
}

/** When, to the millisecond, the commit of a position was made; undefined of what is no position. */
export function instantOf(position: Position | undefined): Date | undefined {
  const clock = /^[0-9a-f]{16}(?=-)/.exec(position ?? '')?.[0];
  return clock === undefined ? undefined : new Date(Number(BigInt(`0x${clock}`) >> 12n));
}
