import { shownByFonts } from '@gpect/typesetting/fonts';
import { LetterWithoutFont, typesetPdf } from '@gpect/typesetting/typesetting';
import { typeset } from '@gpect/typesetting/typography';
import type { Sheet, SheetCell } from '../sheet.js';
import { decimalsOf, written } from '../written.js';
import type { Block, Chapter, Report } from './report.js';

const TEMPLATE = new URL('../../../documents/report.typ', import.meta.url);

/**
 * A report as PDF/UA-1. A name in letters that no font has is printed with question marks: a bilan is not refused for one.
 * @throws Error where Typst refuses it: its texts and drawings do not make it do so
 */
export function typesetReport(report: Report, madeOn: Date): Buffer {
  try {
    return compiled(report, madeOn, (text) => text);
  } catch (error) {
    if (!(error instanceof LetterWithoutFont)) throw error;
    return compiled(report, madeOn, shownByFonts);
  }
}

function compiled(report: Report, madeOn: Date, shown: (text: string) => string): Buffer {
  const drawings: string[] = [];
  const data = printed(report, drawings, shown);
  // What a drawing has no font for, Typst would show by a font that the machine happens to have.
  const files = Object.fromEntries(drawings.map((svg, i) => [`drawing-${i}.svg`, shownByFonts(svg)]));
  return typesetPdf({ template: TEMPLATE, data, files, madeOn });
}

/** What the template reads: texts as they are printed, drawings by the names of their files. */
function printed(
  { language, title, of, sight, nulls, figures, chapters, annexes }: Report,
  drawings: string[],
  shown: (text: string) => string,
): object {
  const text = (plain: string): string => shown(typeset(plain, language));
  const keyFigures = (all: Report['figures']) =>
    all.map(({ value, label }) => ({ value: text(value), label: text(label) }));
  const block = (of: Block): object => {
    switch (of.kind) {
      case 'drawing': {
        const { svg, title: caption, description } = of.drawing;
        drawings.push(svg);
        return {
          kind: of.kind,
          file: `drawing-${drawings.length - 1}.svg`,
          caption: text(caption),
          alt: text(description),
        };
      }
      case 'table':
        return { kind: of.kind, ...tableOf(of.sheet) };
      case 'figures':
        return { kind: of.kind, figures: keyFigures(of.figures) };
      case 'list':
        return { kind: of.kind, items: of.items.map(text) };
      case 'quote':
        return { kind: of.kind, text: text(of.text), by: text(of.by) };
      case 'box':
        return { kind: of.kind, title: text(of.title), texts: of.texts.map(text) };
      default:
        return { kind: of.kind, text: text(of.text) };
    }
  };
  const tableOf = ({ title: caption, head, rows, notes = [] }: Sheet): object => {
    const columns = head.flatMap((heading, at) => {
      const cells = rows.map((row) => cellIn(row, at));
      // A column that says nothing takes no room.
      return at > 0 && cells.every((cell) => cell === '')
        ? []
        : [
            {
              heading: text(heading),
              cells,
              texts: cells.map((cell) => text(written(cell ?? nulls, language, decimalsOf(cells)))),
            },
          ];
    });
    return {
      caption: text(caption),
      head: columns.map(({ heading }) => heading),
      rows: rows.map((_, at) => columns.map(({ texts }) => texts[at])),
      numeric: columns.map(({ cells }) => isOfNumbers(cells)),
      widths: columns.map(({ heading, texts }) => widthOf(heading, texts)),
      notes: notes.map(text),
    };
  };
  const chapterOf = (of: Chapter) => ({ title: text(of.title), blocks: of.blocks.map(block) });
  return {
    language,
    title: text(title),
    of: of.map(text),
    sight: { cover: text(sight.cover), foot: text(sight.foot) },
    figures: keyFigures(figures),
    chapters: chapters.map(chapterOf),
    annexes: annexes.map(chapterOf),
    words:
      language === 'fr'
        ? { contents: 'Sommaire', annex: 'Annexe', page: 'page', figure: 'Figure', table: 'Tableau' }
        : { contents: 'Contents', annex: 'Annex', page: 'page', figure: 'Figure', table: 'Table' },
  };
}

/** Of a column that a row has no cell of: nothing. Null is a number that is masked. */
function cellIn(row: readonly SheetCell[], column: number): SheetCell {
  const cell = row[column];
  return cell === undefined ? '' : cell;
}

/** Numbers stand beneath each other by their last digit, also those that are written already, as in the tables of drawings. */
const LOOKS_NUMERIC = /^(?:[+\u2212]?[\d\s.,]+(?:\s?%)?|s|–)$/u;

function isOfNumbers(cells: readonly SheetCell[]): boolean {
  const there = cells.filter((cell) => cell !== '');
  return (
    there.length > 0 &&
    there.every((cell) => (typeof cell === 'string' ? LOOKS_NUMERIC.test(cell) : cell === null || !isDay(cell)))
  );
}

const isDay = (cell: SheetCell): boolean => typeof cell === 'object' && cell !== null && 'day' in cell;

/** How wide a column wants to be: by its longest word, and by its texts, the longer the less of it. */
function widthOf(heading: string, texts: readonly string[]): number {
  const words = Math.max(6, longestWord(heading), ...texts.map(longestWord));
  const longest = Math.max(0, ...texts.map(({ length }) => length));
  return Math.max(words, longest > 60 ? 56 : Math.min(30, longest));
}

const longestWord = (text: string): number => Math.max(0, ...text.split(/\s/).map((word) => word.length));
