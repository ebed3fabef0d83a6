import { looksLikeHeadings } from '@gpect/tabular-files/sections';
import { type Cell, type Row, textOf } from '@gpect/tabular-files/table';
import { beginsAsTotal, LONGEST_VALUE, saysTotal } from '@gpect/tabular-files/total-line';
import type { Dialect } from './dialect.js';
import { columnSaysTax, saysWithTax } from './tax-of.js';
import { otherThan, unitNotedIn } from './unit-of.js';
import { FIELDS, isUsualName } from './usual-names.js';

export interface NoteBelow {
  readonly key: 'amount_ttc' | NonNullable<ReturnType<typeof otherThan>>;
  readonly line: number;
  readonly text: string;
}

/**
 * Notes below the headings that say the amounts are in another unit, or hold their tax: at the foot of a file, or among its
 * lines, they say it of all of them. What stands right above headings is the title of that table alone, what a total says is its
 * own, and what says that it is of the lines below ends what is read.
 */
export class NotesBelow {
  #noted: NoteBelow | undefined;
  #pending: NoteBelow | undefined;

  constructor(private readonly dialect: Dialect) {}

  /** @param siretAt where the SIRET stands, which each payment has */
  see({ line, cells }: Row, siretAt = 0): void {
    if (this.#noted) return;
    const siret = cells[siretAt];
    if (typeof siret === 'string' ? /^\d{5}/.test(siret) : siret !== undefined) {
      this.#noted = this.#pending;
      return;
    }
    const texts = cells.map(textOf).filter((text) => text !== '');
    if (looksLikeHeadings({ cells }, (text) => FIELDS.some((field) => isUsualName(field, text)))) {
      this.#pending = undefined;
      return;
    }
    this.#pending ??= this.#noteOf(texts, cells, line);
  }

  /** The first of them, once the file is read through. */
  get found(): NoteBelow | undefined {
    return this.#noted ?? this.#pending;
  }

  #noteOf(texts: readonly string[], cells: readonly Cell[], line: number): NoteBelow | undefined {
    if (cells.some((cell) => typeof cell === 'object') || texts.some((text) => isNoNote(text) || OF_BELOW.test(text)))
      return undefined;
    const withTax = columnSaysTax(this.dialect) ? undefined : texts.find(saysWithTax);
    if (withTax !== undefined) return { key: 'amount_ttc', line, text: withTax.slice(0, 100) };
    const noted = unitNotedIn(texts);
    const key = noted && otherThan(this.dialect.unit, noted.unit);
    return key ? { key, line, text: noted.text.trim().slice(0, 100) } : undefined;
  }
}

/** What says itself that it is of the lines below alone. */
const OF_BELOW = /(?<!\p{L})(?:ci-(?:dessous|apr[èe]s)|suivante?s?|[àa]\s+partir\s+d)(?!\p{L})/iu;

/** A number, a day, a SIRET or a total: what stands beside them is said of their line. */
function isNoNote(text: string): boolean {
  return (
    text.length > LONGEST_VALUE ||
    /^[-+(]?\d[\d\s.,/\u00a0\u202f'-]*\)?(?:€|k€)?$/i.test(text) ||
    /\d{9}/.test(text.replace(/[\s.]/g, '')) ||
    saysTotal(text) ||
    beginsAsTotal(text)
  );
}
