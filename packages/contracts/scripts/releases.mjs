// The contracts that were released, oldest first: of events (`events-<version>.json`) and of the HTTP endpoints (`openapi-<version>.json`);
// and the HTTP endpoints of today.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('..', import.meta.url));
export const RELEASED = join(HOME, 'released');

/** `[version, bundle]`, oldest first. @param kind `events` or `openapi` */
export function releasesOf(kind) {
  return readdirSync(RELEASED)
    .filter((file) => file.startsWith(`${kind}-`))
    .map((file) => [file.slice(kind.length + 1, -'.json'.length), file])
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([version, file]) => [version, JSON.parse(readFileSync(join(RELEASED, file), 'utf8'))]);
}

/** Today's OpenAPI documents by service. */
export function apisOfToday() {
  const folder = join(HOME, 'generated/openapi');
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ]),
  );
}
