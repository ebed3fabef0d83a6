import type { Service } from '@gpect/programme/api-client';

/** What an edit asks for. */
export interface Impact {
  /** Sources to compile anew, from the root of the repository. */
  readonly sources: readonly string[];
  /** Whether a contract changed: its documents are made anew, and those that differ say which services read them. */
  readonly contracts: boolean;
  /** Services that run other code or data from then on. */
  readonly services: readonly Service[];
}

/** What follows for the watched services from edits of files, named from the root of the repository. */
export function impactOf(files: readonly string[], watched: readonly Service[]): Impact {
  const runs = files.filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.d.ts'));
  const sources = runs.filter((file) => isSource(file) && (ownerOf(file, watched) || file.startsWith('packages/')));
  const everybody = sources.some((file) => file.startsWith('packages/'));
  return {
    sources,
    contracts: runs.some((file) => /^packages\/contracts\/(events|openapi)\//.test(file)),
    services: everybody
      ? watched
      : watched.filter((service) => runs.some((file) => ownerOf(file, watched) === service)),
  };
}

/** The watched services that read a document that was made from the contracts. */
export function readersOfDocument(document: string, watched: readonly Service[]): readonly Service[] {
  if (document === 'generated/events.json') return watched;
  return watched.filter((service) => document === `generated/openapi/${service}.json`);
}

/** Code; generated types hold none. */
function isSource(file: string): boolean {
  return /^(apps|packages)\/[^/]+\/src\/(?!generated\/).*\.ts$/.test(file);
}

function ownerOf(file: string, watched: readonly Service[]): Service | undefined {
  return watched.find((service) => file.startsWith(`apps/${service}/`));
}
