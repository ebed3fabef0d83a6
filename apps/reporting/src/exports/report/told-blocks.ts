import { MASKED, type SheetCell, UNTOLD } from '../sheet.js';
import type { Told } from '../words.js';
import type { Block, Chapter } from './report.js';

/**
 * Chapters without tables and drawings of which no number is told: what they would have been is said in a note at the end of their
 * chapter, instead of a page of masks.
 */
export const toldAlone = (chapters: readonly Chapter[], told: Told): Chapter[] =>
  chapters.map(({ title, blocks }) => ({ title, blocks: withoutUntold(blocks, told) }));

function withoutUntold(blocks: readonly Block[], { bilan, say }: Told): Block[] {
  const [masked, untold]: [string[], string[]] = [[], []];
  const kept = blocks.filter((block, i) => {
    // What is noted beneath a drawing goes with it.
    const above = block.kind === 'note' ? blocks[i - 1] : undefined;
    if (above?.kind === 'drawing') return !isUntold(above.drawing.table.rows);
    const [title, rows] = tableOf(block);
    if (title === '' || !isUntold(rows)) return true;
    const isMasked = rows.flat().some((cell) => cell === null || cell === MASKED);
    (bilan.secrecy === 'applied' && isMasked ? masked : untold).push(title);
    return false;
  });
  const noted = (titles: readonly string[], fr: string, en: string): Block[] =>
    titles.length === 0 ? [] : [{ kind: 'note', text: `${say(fr, en)}${titles.join(say(' ; ', '; '))}.` }];
  return [
    ...kept,
    ...noted(masked, 'Masqués par le secret statistique : ', 'Masked by statistical secrecy: '),
    ...noted(untold, 'Sans nombre à dire : ', 'Without a number to tell: '),
  ];
}

/** What a block has to tell in numbers, and what it is called. */
function tableOf(block: Block): [title: string, rows: readonly (readonly SheetCell[])[]] {
  switch (block.kind) {
    case 'table':
      return [block.sheet.title, block.sheet.rows];
    case 'drawing':
      return [block.drawing.title, block.drawing.table.rows];
    default:
      return ['', []];
  }
}

const NOTHING: readonly SheetCell[] = [null, '', MASKED, UNTOLD];

/** Beside what its rows are called. */
const isUntold = (rows: readonly (readonly SheetCell[])[]): boolean =>
  rows.some((row) => row.slice(1).some((cell) => cell === null || cell === MASKED || cell === UNTOLD)) &&
  rows.every((row) => row.slice(1).every((cell) => NOTHING.includes(cell)));
