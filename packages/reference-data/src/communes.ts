import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { readIfLoaded } from './read-if-loaded.js';

/** A commune of INSEE's official geographic code (COG), of today or of before it merged. */
export interface Commune {
  readonly code: string;
  readonly name: string;
  /** Code of the commune of today in which it lies: its own where it is one. */
  readonly today: string;
  /** Of one that is no more: the day from which `today` stood in its place, where the table of changes was loaded. */
  readonly since?: CalendarDate;
}

/** INSEE's changes of communes, as `npm run load -w infra/reference -- communes` writes them to `data/commune-changes.json`. */
export interface CommuneChanges {
  readonly source: string;
  readonly files: readonly string[];
  readonly loadedOn: string;
  readonly changes: readonly {
    readonly from: string;
    readonly name: string;
    readonly to: string;
    readonly on: CalendarDate;
  }[];
}

interface Entry {
  readonly code: string;
  readonly nom: string;
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  readonly chefLieu?: string;
  readonly commune?: string;
  readonly anciensCodes?: readonly string[];
}

export interface Communes {
  /** Undefined for a code that no commune has or had. */
  communeOf(code: string): Commune | undefined;
}

/**
 * @param entries the communes of the package: those of today, the former ones that have a mayor of their own still, and of
 *   each the codes that merged into it
 * @param loaded the changes with their days; without them the days are not known, nor communes that merged long ago
 */
export function communesWith(entries: readonly Entry[], loaded: CommuneChanges | undefined): Communes {
  const known = new Map<string, Commune>();
  for (const { code, nom: name, type } of entries)
    if (type === 'commune-actuelle') known.set(code, { code, name, today: code });
  const add = (commune: Commune) => known.has(commune.code) || known.set(commune.code, commune);
  const changes = [...(loaded?.changes ?? [])].sort((a, b) => (a.on < b.on ? 1 : -1));
  // The last first: what a commune became is known before what became it.
  for (const { from, name, to, on } of changes) {
    const next = known.get(to);
    if (next) add({ code: from, name, today: next.today, since: on });
  }
  for (const { code, nom: name, chefLieu, commune } of entries) {
    const today = chefLieu ?? commune;
    if (today) add({ code, name, today });
  }
  for (const { code: today, nom: name, anciensCodes = [] } of entries)
    for (const code of anciensCodes) add({ code, name, today });
  return { communeOf: (code) => known.get(code) };
}

let whole: Communes | undefined;

/** Read, not required: what is required stays in memory, and of its 9 MB little is kept. */
function allEntries(): Entry[] {
  const path = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Entry[];
}

/** A commune of France by its code. Reads all of them the first time that it is asked (0.1 s). */
export function communeOf(code: string): Commune | undefined {
  whole ??= communesWith(allEntries(), readIfLoaded<CommuneChanges>('commune-changes'));
  return whole.communeOf(code);
}
