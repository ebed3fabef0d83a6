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
  const titles: string[] = [];
  const kept = blocks.filter((block, i) => {
    // What is noted beneath a drawing goes with it.
    const of = block.kind === 'note' && blocks[i - 1]?.kind === 'drawing' ? blocks[i - 1] : block;
    const title = of ? titleOfUntold(of) : undefined;
    if (title !== undefined && of === block) titles.push(title);
    return title === undefined;
  });
  if (titles.length === 0) return [...blocks];
  const named = titles.join(say(' ; ', '; '));
  const text =
    bilan.secrecy === 'applied'
      ? say(`Masqués par le secret statistique : ${named}.`, `Masked by statistical secrecy: ${named}.`)
      : say(`Sans nombre à dire : ${named}.`, `Without a number to tell: ${named}.`);
  return [...kept, { kind: 'note', text }];
}

/** What a block is called that has no number to tell; undefined of every other. */
function titleOfUntold(block: Block): string | undefined {
  switch (block.kind) {
    case 'table':
      return block.sheet.title !== '' && isUntold(block.sheet.rows) ? block.sheet.title : undefined;
    case 'drawing':
      return isUntold(block.drawing.table.rows) ? block.drawing.title : undefined;
    default:
      return undefined;
  }
}

const NOTHING: readonly SheetCell[] = [null, '', MASKED, UNTOLD];

/** Beside what its rows are called. */
const isUntold = (rows: readonly (readonly SheetCell[])[]): boolean =>
  rows.some((row) => row.slice(1).some((cell) => cell === null || cell === MASKED || cell === UNTOLD)) &&
  rows.every((row) => row.slice(1).every((cell) => NOTHING.includes(cell)));
