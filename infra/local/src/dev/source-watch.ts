import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Editors write a file in several steps. */
const SETTLES_WITHIN_MS = 30;
/** How often a folder that is not there is looked for. */
const MISSING_MS = 500;

/**
 * Tells which files below some folders changed, came or went. Systems differ in what they say of a change, so they are only
 * asked when to look; what changed is found by comparing with the last look.
 */
export class SourceWatch {
  #seen: ReadonlyMap<string, string> = new Map();
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly made: string }>();
  #timer: NodeJS.Timeout | undefined;
  readonly #again: NodeJS.Timeout;

  constructor(
    private readonly root: string,
    private readonly folders: readonly string[],
    private readonly changed: (files: string[]) => void,
  ) {
    this.#seen = this.#look();
    // A watched folder that is gone tells nobody when it is there again.
    this.#again = setInterval(() => {
      if (this.folders.some((folder) => !this.#watchers.has(join(this.root, folder)))) this.#compare();
    }, MISSING_MS);
  }

  /** All the files that are there, from the root. */
  files(): string[] {
    return [...this.#seen.keys()];
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#again);
    for (const { watcher } of this.#watchers.values()) watcher.close();
  }

  #compare(): void {
    const now = this.#look();
    const names = new Set([...this.#seen.keys(), ...now.keys()]);
    const different = [...names].filter((name) => this.#seen.get(name) !== now.get(name));
    this.#seen = now;
    if (different.length > 0) this.changed(different);
  }

  #look(): Map<string, string> {
    const found = new Map<string, string>();
    const visited = new Set<string>();
    const visit = (folder: string): void => {
      visited.add(folder);
      for (const entry of this.#entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) visit(path);
        else if (entry.isFile()) found.set(relative(this.root, path).replaceAll('\\', '/'), signOf(path));
      }
    };
    for (const folder of this.folders) visit(join(this.root, folder));
    for (const folder of this.#watchers.keys()) if (!visited.has(folder)) this.#forget(folder);
    return found;
  }

  /** What is in a folder, which is watched from here on; nothing of one that is not there now, as while branches change. */
  #entriesOf(folder: string): Dirent[] {
    try {
      this.#watch(folder);
      return readdirSync(folder, { withFileTypes: true });
    } catch {
      this.#forget(folder);
      return [];
    }
  }

  /** A folder that was removed and made anew is another one: its old watcher hears nothing. */
  #watch(folder: string): void {
    const { ino, birthtimeMs } = statSync(folder);
    const made = `${ino} ${birthtimeMs}`;
    const known = this.#watchers.get(folder);
    if (known?.made === made) return;
    known?.watcher.close();
    const watcher = watch(folder, () => this.#lookSoon());
    watcher.on('error', () => this.#forget(folder));
    this.#watchers.set(folder, { watcher, made });
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.watcher.close();
    this.#watchers.delete(folder);
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#compare(), SETTLES_WITHIN_MS);
  }
}

/** What tells one state of a file from another; nothing of a file that went away meanwhile. */
function signOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
}
