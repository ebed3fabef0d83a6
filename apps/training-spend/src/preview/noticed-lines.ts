import type { Remark } from '@gpect/tabular-files/remarks';
import { fileRemark } from '../dialect/bind-columns.js';
import type { Reading } from '../spend-line/read-line.js';

type Noticed = 'siret_restored' | 'amount_rounded' | 'lines_cut_short' | 'quotes_mended';

/** What is noticed on lines that are read, counted as the report of the whole file counts it. */
export class NoticedLines {
  readonly #counts = new Map<Noticed, number>();

  see({ result, noticed, total }: Reading): void {
    if (total) return;
    if (result.ok && result.value.content.siretRestored) this.#count('siret_restored');
    if (noticed.rounded) this.#count('amount_rounded');
    if (noticed.cutShort) this.#count('lines_cut_short');
    if (noticed.quotesMended) this.#count('quotes_mended');
  }

  get remarks(): Remark[] {
    return [...this.#counts].map(([code, count]) => fileRemark(code, { count }));
  }

  #count(code: Noticed): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }
}
