import type { Bilan } from '../bilan/shape.js';
import type { Language } from './labels.js';
import type { Names } from './names.js';
import { bilanReport } from './report/bilan-report.js';
import { basinsMapOf } from './report/chapters/territories.js';
import type { Block } from './report/report.js';
import { toldIn } from './words.js';

/** A drawing of the bilan's document, for a page: with what the document notes below it. */
interface ShownDrawing {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string;
  readonly head: string[];
  readonly rows: string[][];
  readonly notes: string[];
}

const MAP = 'basins-map';

/** The drawings of a bilan as its document has them, in its order; basins by the figure that is asked for. */
export function bilanDrawings(bilan: Bilan, names: Names, language: Language, mapped: string): ShownDrawing[] {
  const told = toldIn(bilan, names, language);
  const ofDocument = bilanReport(told, '').chapters.flatMap(({ blocks }) => drawingsIn(blocks));
  const map = drawingsIn(basinsMapOf(told, mapped));
  return [...ofDocument.filter(({ name }) => name !== MAP), ...map];
}

function drawingsIn(blocks: readonly Block[]): ShownDrawing[] {
  return blocks.flatMap((block, i) => {
    if (block.kind !== 'drawing') return [];
    const { name, title, description, svg, table } = block.drawing;
    const next = blocks[i + 1];
    const notes = next?.kind === 'note' ? [next.text] : [];
    return [{ name, title, description, svg, head: [...table.head], rows: table.rows.map((row) => [...row]), notes }];
  });
}
