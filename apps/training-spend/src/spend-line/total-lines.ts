import { formatEuros } from '@gpect/domain-values/cents';
import { readSiret } from '@gpect/domain-values/siret';
import { type Said, said } from '@gpect/tabular-files/messages';
import type { Remark } from '@gpect/tabular-files/remarks';
import { type Row, textOf } from '@gpect/tabular-files/table';
import type { SpendBinding } from '../dialect/bind-columns.js';
import { fileRemark } from '../dialect/bind-columns.js';
import { LINE_MESSAGES } from './line-messages.js';

/** A total that does not agree with the lines that it stands under. */
export interface Disagreement {
  readonly line: number;
  readonly cents: number;
  /** What the lines make that come nearest. */
  readonly reckoned: number;
  /** Lines above whose amount could not be read. */
  readonly unread: number;
}

/** What was found of the totals of a file so far. */
export interface TotalsSeen {
  readonly agreeing: number;
  readonly differing: number;
  /** Those that were set aside and could not be compared: their amount cannot be read, or no line stands above them. */
  readonly unread: number;
  /** The first of those that differ. */
  readonly differences: readonly Disagreement[];
}
export const NO_TOTAL_LINES: TotalsSeen = { agreeing: 0, differing: 0, unread: 0, differences: [] };

/** Differences that are told one by one. */
const MOST_TOLD = 20;
/** Establishments, schemes and totals that are remembered to compare with; a file of more is compared with those alone. */
const MOST_REMEMBERED = 50_000;

/**
 * Compares each total of a file with the lines above it: with all that stand behind some earlier total, or behind the
 * beginning of a sheet (which are subtotals of any level, totals of all, and what is carried over to a next page); and with
 * those of the establishment or the scheme that it names, which need not stand together.
 */
export class TotalLines {
  #sum = 0;
  #unreadable = 0;
  /** Sums at the beginnings of what a total may stand under, and how many lines stood above. */
  readonly #starts = new Map([[0, 0]]);
  #lastStart = 0;
  #linesSeen = 0;
  readonly #ofEstablishment = new Map<string, SumOfName>();
  readonly #ofScheme = new Map<string, SumOfName>();
  #seen = NO_TOTAL_LINES;

  get seen(): TotalsSeen {
    return this.#seen;
  }

  /** Whether lines above have amounts that could not be read: what they make is not known then. */
  get lacksAmounts(): boolean {
    return this.#unreadable > 0;
  }

  /** Another table begins. */
  begin(): void {
    this.#start();
  }

  /** A line with its amount, its establishment and its scheme as it writes them. */
  line(cents: number | undefined, establishment: string, scheme: string): void {
    this.#linesSeen++;
    if (cents === undefined) {
      this.#unreadable++;
      return;
    }
    this.#sum += cents;
    if (establishment !== '') this.#add(this.#ofEstablishment, establishment, cents);
    if (scheme !== '') this.#add(this.#ofScheme, scheme, cents);
  }

  #add(sums: Map<string, SumOfName>, name: string, cents: number): void {
    const own = sums.get(name);
    if (own) {
      own.cents += cents;
      own.lines++;
    } else if (this.#ofEstablishment.size + this.#ofScheme.size < MOST_REMEMBERED) {
      // A cell is a view of the piece of the file that it stands in; what is remembered must not keep all of that.
      sums.set(Buffer.from(name).toString(), { cents, lines: 1 });
    }
  }

  #ofName(name: string): SumOfName | undefined {
    return (name.startsWith(ESTABLISHMENT) ? this.#ofEstablishment : this.#ofScheme).get(name.slice(1));
  }

  /** Whether an amount alone, without a name, is what the lines above make: several of them, and not nothing. */
  sumsUp(cents: number): boolean {
    return cents !== 0 && this.#linesSeen > 1 && this.#starts.has(this.#sum - cents);
  }

  /** Whether an amount is what the lines above make, or those of an establishment or a scheme; of `atLeast` so many lines. */
  agrees(cents: number, names: readonly string[], atLeast = 1): boolean {
    const above = this.#starts.get(this.#sum - cents);
    if (above !== undefined && this.#linesSeen - above >= atLeast) return true;
    return names.some((name) => {
      const own = this.#ofName(name);
      return own !== undefined && own.cents === cents && own.lines >= atLeast;
    });
  }

  total(line: number, cents: number | undefined, names: readonly string[]): Disagreement | undefined {
    const seen = this.#seen;
    // Above all lines it stands under none.
    const isComparable = cents !== undefined && (this.#linesSeen > 0 || cents === 0);
    const difference = isComparable ? this.#compared(line, cents, names) : undefined;
    this.#seen = {
      agreeing: seen.agreeing + (isComparable && !difference ? 1 : 0),
      differing: seen.differing + (difference ? 1 : 0),
      unread: seen.unread + (isComparable ? 0 : 1),
      differences:
        difference && seen.differences.length < MOST_TOLD ? [...seen.differences, difference] : seen.differences,
    };
    this.#start();
    return difference;
  }

  #compared(line: number, cents: number, names: readonly string[]): Disagreement | undefined {
    const named = names.flatMap((name) => this.#ofName(name)?.cents ?? []);
    if (this.#starts.has(this.#sum - cents) || named.includes(cents)) return undefined;
    const [reckoned = this.#sum] = [this.#sum - this.#lastStart, ...named, this.#sum]
      .filter((sum) => sum !== 0)
      .sort((a, b) => Math.abs(a - cents) - Math.abs(b - cents));
    return { line, cents, reckoned, unread: this.#unreadable };
  }

  #start(): void {
    if (this.#starts.size < MOST_REMEMBERED && !this.#starts.has(this.#sum))
      this.#starts.set(this.#sum, this.#linesSeen);
    this.#lastStart = this.#sum;
  }
}

interface SumOfName {
  cents: number;
  lines: number;
}

/** By what a total may be named beside its place: an establishment or a scheme, behind the letter of its sort. */
const ESTABLISHMENT = 'e';
const SCHEME = 's';

/** The names of a total line: its establishment and its scheme, or what stands beside the word `total` in any of its cells. */
export function namesOfTotal(row: Row, { at }: SpendBinding): string[] {
  const beside = row.cells.flatMap((cell) => {
    const text = textOf(cell);
    if (text === '' || text.length > 200) return [];
    const rest = text.replace(/(?:sous[\s-]*)?tota(?:l|ux)|somme|r[ée]sultat|^s\/\s*t|[:=]/gi, ' ').trim();
    const siret = readSiret(rest);
    return [SCHEME + rest, ...(siret.ok ? [ESTABLISHMENT + siret.value.siret] : [])];
  });
  const siret = textOf(row.cells[at.siret ?? -1]);
  const scheme = textOf(row.cells[at.scheme ?? -1]);
  const own = [...(siret === '' ? [] : [ESTABLISHMENT + siret]), ...(scheme === '' ? [] : [SCHEME + scheme])];
  return [...new Set([...own, ...beside])];
}

/** What is said of the totals of a file. */
export function remarksOfTotals({ agreeing, differing, unread, differences }: TotalsSeen): Remark[] {
  const count = agreeing + differing + unread;
  if (count === 0) return [];
  return [
    differing > 0
      ? fileRemark('totals_set_aside', { count })
      : fileRemark(unread > 0 ? 'totals_agree.some' : 'totals_agree', { count, agreeing, unread }),
    ...differences.map(remarkOfDifference),
  ];
}

function remarkOfDifference({ line, cents, reckoned, unread }: Disagreement): Remark {
  return fileRemark(unread > 0 ? 'total_differs.unreadable' : 'total_differs', {
    line,
    total: formatEuros(cents),
    reckoned: formatEuros(reckoned),
    count: unread,
  });
}

/** What is said of one total line. */
export function detailOfTotal({ differs }: { readonly differs?: Disagreement }): Said {
  return differs ? remarkOfDifference(differs).said : said(LINE_MESSAGES.total);
}
