import { inPlaces, modulesBeside } from '../modules-beside.js';
import type { Figure } from './figure.js';

/** Files of this folder that are no figure. */
const OTHERS = new Set(['registry', 'counted-in', 'figure', 'path', 'survey-facts', 'sums', 'themes']);

/** Every figure there is a file for, in the order in which a committee reads them. */
export const FIGURES: readonly Figure[] = await load();

/** The figures that are plain counts: what GET /bilan gives by basin and by action. */
export const COUNTS: readonly string[] = FIGURES.filter((f) => f.isCount).map((f) => f.id);

/** All that are read from cells. */
export const IN_CELLS: readonly string[] = FIGURES.filter((f) => f.facts || f.factsOf).map((f) => f.id);

const AMOUNTS: ReadonlySet<string> = new Set(FIGURES.filter((f) => f.unit === 'euro cent').map((f) => f.id));

export const figureCalled = (id: string): Figure | undefined => FIGURES.find((f) => f.id === id);

/** The figure that a measure is of. */
export const figureIdOf = (measure: string): string => measure.replace(/^~/, '').split(':', 1)[0] ?? measure;

/** Whether a measure is an amount of money, which one firm may dominate. */
export const isAmount = (measure: string): boolean => AMOUNTS.has(figureIdOf(measure)) && measure !== 'spend:lines';

/** Whether a measure is of workshops, actions and the like, and of no firm or person: it gives none away. */
export const isSecretFree = (measure: string): boolean => SECRET_FREE.has(figureIdOf(measure));

const SECRET_FREE: ReadonlySet<string> = new Set(
  FIGURES.filter(({ facts, factsOf }) => factsOf && !facts && !factsOf.persons).map((f) => f.id),
);

async function load(): Promise<Figure[]> {
  return figuresIn(await modulesBeside(import.meta.url, OTHERS, (name) => import(`./${name}.js`)));
}

type FigureFile = readonly [file: string, exported: { readonly figure?: Figure }];

/**
 * The figures of files, in their places.
 * @throws Error for a file without a figure, and for two figures of one id
 */
export function figuresIn(files: readonly FigureFile[]): Figure[] {
  const byId = new Map<string, Figure>();
  for (const [file, { figure }] of files) {
    if (!figure) throw new Error(`figures/${file} exports no figure`);
    if (byId.has(figure.id)) throw new Error(`figures/${file}: there is a figure ${figure.id} already`);
    byId.set(figure.id, figure);
  }
  return inPlaces(byId.values());
}
