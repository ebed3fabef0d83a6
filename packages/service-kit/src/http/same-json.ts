import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';

/**
 * What two JSON values have in common that say the same, however they are written: the order of names, spaces, `41.0` for `41`.
 * @returns hexadecimal SHA-256 of `named` and of the value
 */
export function fingerprintOfJson(named: string, value: unknown): string {
  return createHash('sha256')
    .update(`${named}\n${stringify(value) ?? ''}`)
    .digest('hex');
}
