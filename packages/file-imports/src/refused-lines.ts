import { isDeepStrictEqual } from 'node:util';
import { own } from '@gpect/domain-values/records';
import { type BoundPart, underHeadings } from '@gpect/tabular-files/bind-table';
import { textToMend, unread } from '@gpect/tabular-files/mend-text';
import { nameKey } from '@gpect/tabular-files/name-key';
import { isOurs } from '@gpect/tabular-files/our-columns';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import type { BoundImport, ImportBinding, LookedThrough } from './bind-import.js';
import { cellsBy, type ReadRow } from './import-reader.js';
import { LineCells } from './line-cells.js';
import { type Deciding, readLine } from './line-import.js';

const SIRET_DIGITS = 14;

/** Writes refused lines as texts that the same endpoint reads as it read them, under the headings of the whole file. */
export class RefusedLines {
  /** But for ours of a file that was mended before. */
  readonly headings: readonly string[];
  readonly #all: readonly string[];

  constructor(
    private readonly bound: BoundImport,
    private readonly later: LookedThrough['later'],
    private readonly deciding: Pick<Deciding, 'spec' | 'contracts'>,
  ) {
    const known = new Set(bound.headings.map(nameKey));
    const others = later.flat().filter((name) => !known.has(nameKey(name)) && known.add(nameKey(name)));
    // One part keeps the places of its columns, whatever they are called.
    this.#all = [...bound.headings, ...(bound.parts.length > 1 ? others : later.flat())];
    this.headings = this.#all.filter((heading) => !isOurs(heading));
  }

  cells({ read, part }: { readonly read: ReadRow; readonly part: BoundPart<ImportBinding> }): string[] {
    const texts = this.#texts(read, part.binding);
    const cells = this.bound.parts.length > 1 ? underHeadings(texts, this.#whole(part), this.#all) : texts;
    return cells.filter((_cell, i) => !isOurs(this.#all[i] ?? '')).map(String);
  }

  /** A part with all that its headings name, the later ones too. */
  #whole(part: BoundPart<ImportBinding>): BoundPart {
    const { headings } = part.binding;
    const later = this.later[this.bound.parts.indexOf(part)] ?? [];
    return { ...part, binding: { ...part.binding, headings: [...headings, ...later] } };
  }

  #texts({ row, misshapen, cells: toRead }: ReadRow, binding: ImportBinding): string[] {
    const { spec, contracts } = this.deciding;
    const held = cellsBy(binding, row.cells);
    const outcome = (cells: typeof held, column: string) => {
      const line = new LineCells(cells);
      spec.toLine(line);
      return line.outcomeOf(column);
    };
    const asRead = toRead();
    spec.toLine(asRead);
    const columns = new Map(Object.entries(binding.at).map(([name, i]) => [i, name]));
    const texts = row.cells.map((cell, i) => {
      const column = columns.get(i);
      // What other lines tell against it they may not tell when they are mended.
      if (column !== undefined && asRead.isDoubtful(column)) return unread(textOf(cell));
      // A text is read by itself, whatever stands around it.
      if (typeof cell === 'string' || column === undefined) return textOf(cell);
      const read = outcome(held, column);
      const same = (text: string) => isDeepStrictEqual(outcome({ ...held, [column]: text }, column), read);
      return textToMend(cell, formsOf(cell), same);
    });
    // A line that lacks cells is given back with blank ones, and one of a section without its file: it is not taken so.
    const first = own(binding.at, spec.columns[0]?.name ?? '') ?? 0;
    const lacks = misshapen && row.cells.length <= this.#all.length;
    if (lacks && readLine(new LineCells(cellsBy(binding, texts)), spec, contracts).ok)
      texts[first] = unread(texts[first] ?? '');
    return texts;
  }
}

/** Other texts that a cell of a spreadsheet can be read from. */
function formsOf(cell: Cell): string[] {
  if (typeof cell !== 'object' || !('number' in cell)) return [];
  return [cell.number, cell.number.padStart(SIRET_DIGITS, '0')];
}
