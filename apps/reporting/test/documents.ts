import type { Change } from '../src/facts/change.js';
import type { CollectionName, Versioned } from '../src/facts/documents.js';

type Document = Record<string, unknown>;

/** Documents in memory, changed one change after the other as MongoDB does. */
export class Documents {
  readonly #all = new Map<string, Map<string, Document>>();

  apply(changes: readonly Change[]): void {
    for (const { collection, id, set, toSet = {}, latest = {}, newest = {}, add = {} } of changes) {
      const document = this.#get(collection, id);
      for (const [path, value] of Object.entries(set)) put(document, path, () => value);
      for (const [path, value] of Object.entries(toSet))
        put(document, path, (was: readonly unknown[] = []) => (was.includes(value) ? was : [...was, value]));
      for (const [path, day] of Object.entries(latest))
        put(document, path, (was: string | undefined) => (was === undefined || was < day ? day : was));
      for (const [path, record] of Object.entries(newest))
        put(document, path, (was: Versioned = { q: 0 }) => (was.q < record.q ? record : was));
      for (const [path, count] of Object.entries(add))
        put(document, path, (was: number | undefined) => (was ?? 0) + count);
    }
  }

  /** Those of a collection, in the order of their ids. */
  of<T>(collection: CollectionName): T[] {
    return [...(this.#all.get(collection) ?? new Map<string, Document>()).values()].sort((a, b) =>
      String(a['_id']) < String(b['_id']) ? -1 : 1,
    ) as T[];
  }

  /** All of them, by collection. */
  all(): Record<string, Document[]> {
    return Object.fromEntries(
      [...this.#all.keys()].sort().map((name) => [name, this.of<Document>(name as CollectionName)]),
    );
  }

  #get(collection: string, id: string): Document {
    const documents = this.#all.get(collection) ?? new Map<string, Document>();
    this.#all.set(collection, documents);
    const document = documents.get(id) ?? { _id: id };
    documents.set(id, document);
    return document;
  }
}

function put<T>(document: Document, path: string, change: (was: T | undefined) => T): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = document;
  for (const name of names) {
    at[name] = { ...(at[name] as Document | undefined) };
    at = at[name] as Document;
  }
  at[last] = structuredClone(change(at[last] as T | undefined));
}
