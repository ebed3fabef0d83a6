import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Editors write a file in several steps. */
const SETTLES_WITHIN_MS = 30;

/**
 * Tells which files below some folders changed, came or went. Systems differ in what they say of a change, so they are only
 * asked when to look; what changed is found by comparing with the last look.
 */
export class SourceWatch {
  #seen: ReadonlyMap<string, string> = new Map();
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly root: string,
    private readonly folders: readonly string[],
    private readonly changed: (files: string[]) => void,
  ) {
    this.#seen = this.#look();
  }

  /** All the files that are there, from the root. */
  files(): string[] {
    return [...this.#seen.keys()];
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
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
    const visit = (folder: string): void => {
      this.#watch(folder);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) visit(path);
        else if (entry.isFile()) found.set(relative(this.root, path).replaceAll('\\', '/'), signOf(path));
      }
    };
    for (const folder of this.folders) visit(join(this.root, folder));
    return found;
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    const watcher = watch(folder, () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#compare(), SETTLES_WITHIN_MS);
    });
    // A folder that went away; its files are missed at the next look.
    watcher.on('error', () => {
      watcher.close();
      this.#watchers.delete(folder);
    });
    this.#watchers.set(folder, watcher);
  }
}

/** What tells one state of a file from another; nothing of a file that went away meanwhile. */
function signOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
}
