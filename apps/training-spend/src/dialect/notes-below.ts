import { ofSheet } from '@gpect/tabular-files/bind-table';
import type { BindingFault } from '@gpect/tabular-files/headings';
import { said } from '@gpect/tabular-files/messages';
import { withoutOurs } from '@gpect/tabular-files/our-columns';
import { looksLikeHeadings } from '@gpect/tabular-files/sections';
import { type Cell, type Part, type Row, type Table, textOf } from '@gpect/tabular-files/table';
import type { Dialect, Field } from './dialect.js';
import { TABLE_FAULTS } from './file-messages.js';
import { isDay, isFigure, LinesOfTable } from './lines-of-table.js';
import { type NoteOfAmounts, noteOfAmounts, noteOfLabel } from './note-of-amounts.js';
import { unitAlone } from './unit-of.js';
import { FIELDS, isUsualName } from './usual-names.js';

export interface NoteBelow extends NoteOfAmounts {
  readonly line: number;
  readonly part: Part;
}

/** Why a file is refused for a note, which stands in a line of one of its sheets. */
export function faultOfNote(table: Pick<Table, 'parts'>, { key, line, text, part }: NoteBelow): BindingFault {
  const sentence = said(TABLE_FAULTS[key], { line: line - part.before, text });
  return ofSheet({ code: key.split('.')[0] ?? key, said: sentence, elsewhere: false }, part, table);
}

/**
 * Looks through the lines below the headings for notes that say the amounts are in another unit, or hold their tax: at the foot
 * of a file, among its lines or above headings that come again, they say it of all of them. What stands right above another
 * table is its title, and what says that it is of the lines below ends what is read.
 */
export class NotesBelow {
  #noted: NoteBelow | undefined;
  #pending: NoteBelow | undefined;
  /** What the line before says of the unit, where it is the title of headings that follow. */
  #title: NoteBelow | undefined;
  /** The line before was headings. */
  #isBelowHeadings = false;
  #totalsTell = false;
  readonly #lines = new LinesOfTable();
  #ours: { readonly headings: readonly string[]; readonly without: ReturnType<typeof withoutOurs> } | undefined;

  constructor(private readonly dialect: Dialect) {}

  see(row: Row, { part, binding: { at, headings } }: PartOfNotes): void {
    if (this.#noted) return;
    if (this.#lines.isPayment(row.cells, at)) {
      this.#noted = this.#pending ?? (this.#isBelowHeadings ? this.#title : undefined);
      this.#noted ??= this.#outside(row, headings.length, part);
      this.#title = undefined;
      this.#isBelowHeadings = false;
      return;
    }
    const { line } = row;
    const { cells } = this.#withoutOurs(headings)?.(row) ?? row;
    if (this.#isBelowHeadings && cells.some(isFigure)) this.#pending = undefined;
    if (this.#isBelowHeadings) this.#title = undefined;
    this.#isBelowHeadings = false;
    if (looksLikeHeadings({ cells }, (text) => FIELDS.some((field) => isUsualName(field, text)))) {
      this.#isBelowHeadings = true;
      return;
    }
    this.#title = undefined;
    if (this.#lines.isLine(cells, at)) return;
    this.#totalsTell ||= cells.some(isFigure) && saidOfTotal(cells, this.dialect) !== undefined;
    if (this.#pending) return;
    const note = noteInCells(cells, this.dialect);
    if (note) this.#pending = { ...note, line, part };
    const title = note ?? noteInCells(cells, this.dialect, true);
    this.#title = title && { ...title, line, part };
  }

  /** Lines of a file of refused lines that came back say what was said of them. */
  #withoutOurs(headings: readonly string[]): ReturnType<typeof withoutOurs> {
    if (headings !== this.#ours?.headings) this.#ours = { headings, without: withoutOurs(headings) };
    return this.#ours.without;
  }

  /** The first of them, once the file is read through. */
  get found(): NoteBelow | undefined {
    return this.#noted ?? this.#pending;
  }

  /** Whether some line that has a number, as a total has, names another unit or the tax. */
  get totalsTell(): boolean {
    return this.#totalsTell;
  }

  /** A box beside the table; a unit alone behind the amount is that of its line. */
  #outside({ line, cells }: Row, width: number, part: Part): NoteBelow | undefined {
    for (let i = width; i < cells.length; i++) {
      const text = textOf(cells[i]);
      const note = text === '' || unitAlone(text) ? undefined : noteOfAmounts(text, this.dialect);
      if (note) return { ...note, line, part };
    }
    return undefined;
  }
}

interface PartOfNotes {
  readonly part: Part;
  readonly binding: { readonly at: Readonly<Partial<Record<Field, number>>>; readonly headings: readonly string[] };
}

/** What the cells of a line say of the amounts, each by itself or its texts together; a number behind a text is what it is about. */
export function noteInCells(cells: readonly Cell[], dialect: Dialect, isTitle = false): NoteOfAmounts | undefined {
  const filled = cells.filter((cell) => textOf(cell) !== '');
  if (filled.some((cell) => OF_BELOW.test(textOf(cell)))) return undefined;
  return saidInCells(cells, dialect, isTitle);
}

/** The same, whether it is of all lines or of those below alone. */
export function saidInCells(cells: readonly Cell[], dialect: Dialect, isTitle = false): NoteOfAmounts | undefined {
  const filled = cells.filter((cell) => textOf(cell) !== '');
  const isText = (cell: Cell) => typeof cell === 'string' && !isFigure(cell) && !isDay(cell);
  for (const [i, cell] of cells.entries()) {
    if (textOf(cell) === '' || !isText(cell) || hasItsFigure(cells, i)) continue;
    const note = noteOfAmounts(textOf(cell), dialect, isTitle);
    if (note) return note;
  }
  const texts = filled.filter(isText);
  if (texts.length < 2 || filled.some(isFigure)) return undefined;
  return noteOfAmounts(texts.map(textOf).join(' '), dialect, isTitle);
}

/** Whether the next thing on the line is the number that a text is about; a small one further on is of something else. */
function hasItsFigure(cells: readonly Cell[], i: number): boolean {
  const next = cells.findIndex((cell, at) => at > i && textOf(cell) !== '');
  const figure = cells[next];
  if (figure === undefined || !isFigure(figure)) return false;
  const isSmall = /^\d{1,3}$/.test(textOf(figure).trim());
  return !isSmall || (next === i + 1 && !OF_ALL.test(textOf(cells[i])));
}

/** `Montants en K` speaks of many; a count beside it is of something else. */
const OF_ALL = /^(?:(?:tous\s+)?les\s+)?(?:montants|sommes|valeurs|chiffres)(?!\p{L})/iu;
/** What says itself that it is of the lines below alone. */
const OF_BELOW = /(?<!\p{L})(?:ci-(?:dessous|apr[èe]s)|suivante?s)(?!\p{L})/iu;

/** What the texts beside a number say of it. */
export function saidOfTotal(cells: readonly Cell[], dialect: Dialect): NoteOfAmounts | undefined {
  for (const cell of cells) {
    const note = typeof cell === 'string' ? noteOfLabel(textOf(cell), dialect) : undefined;
    if (note) return note;
  }
  return undefined;
}
