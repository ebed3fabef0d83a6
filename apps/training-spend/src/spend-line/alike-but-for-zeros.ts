import { identityOf, type LineDocument } from './kept-line.js';
import { withoutZeros } from './reference.js';
import type { AlikeLine } from './spend-line.js';

/** Lines by their keys without the zeros at their heads: `000102` and `102` are hardly two payments of one funder. */
export class AlikeButForZeros {
  readonly #ids = new Map<string, Set<string>>();

  constructor(ids: Iterable<string>) {
    for (const id of ids) this.add(id);
  }

  add(id: string): void {
    const bare = withoutZeros(id);
    if (bare === undefined) return;
    const ids = this.#ids.get(bare);
    if (ids) ids.add(id);
    else this.#ids.set(bare, new Set([id]));
  }

  /** Other lines that the line of a key may be. */
  of(id: string, standing: (id: string) => LineDocument | undefined): AlikeLine[] {
    const bare = withoutZeros(id);
    if (bare === undefined) return [];
    return [...(this.#ids.get(bare) ?? [])].flatMap((key) => {
      const line = key === id ? undefined : standing(key);
      return line ? [{ key, line, reference: identityOf(line).reference }] : [];
    });
  }
}
