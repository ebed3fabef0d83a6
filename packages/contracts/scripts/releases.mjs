// The contracts that were released, oldest first: of events (`events-<version>.json`) and of the HTTP doors (`openapi-<version>.json`).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const RELEASED = join(fileURLToPath(new URL('..', import.meta.url)), 'released');

/** `[version, bundle]`, oldest first. @param kind `events` or `openapi` */
export function releasesOf(kind) {
  return readdirSync(RELEASED)
    .filter((file) => file.startsWith(`${kind}-`))
    .map((file) => [file.slice(kind.length + 1, -'.json'.length), file])
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([version, file]) => [version, JSON.parse(readFileSync(join(RELEASED, file), 'utf8'))]);
}
