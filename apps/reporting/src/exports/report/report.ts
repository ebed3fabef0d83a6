import type { Drawing } from '@gpect/drawings/drawing';
import type { Language } from '../labels.js';
import type { Sheet } from '../sheet.js';

/** A document to print: a cover, chapters, annexes. Its texts are plain: nothing in them is markup. */
export interface Report {
  readonly language: Language;
  readonly title: string;
  /** What it is of: the programme, its part, its period, its release. */
  readonly of: readonly string[];
  /** What may be done with it, and what is masked in it: on the cover and at the foot of every page. */
  readonly sight: { readonly cover: string; readonly foot: string };
  /** How a number is written that is null in a table. */
  readonly nulls: string;
  /** The figures that matter, on the cover. */
  readonly figures: readonly KeyFigure[];
  readonly chapters: readonly Chapter[];
  readonly annexes: readonly Chapter[];
}

export interface KeyFigure {
  readonly value: string;
  readonly label: string;
}

export interface Chapter {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'figures'; readonly figures: readonly KeyFigure[] }
  | { readonly kind: 'drawing'; readonly drawing: Drawing }
  | { readonly kind: 'table'; readonly sheet: Sheet }
  | { readonly kind: 'quote'; readonly text: string; readonly by: string }
  | { readonly kind: 'box'; readonly title: string; readonly texts: readonly string[] };

/** A chapter with something in it, or none. */
export const chapter = (title: string, blocks: readonly (Block | undefined)[]): Chapter[] => {
  const there = blocks.filter((block) => block !== undefined);
  return there.length === 0 ? [] : [{ title, blocks: there }];
};

/** A table with rows, or nothing. */
export const table = (sheet: Sheet): Block | undefined =>
  sheet.rows.length > 0 ? { kind: 'table', sheet } : undefined;
