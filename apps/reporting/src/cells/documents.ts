import type { FirmData } from '../indicators/firm-facts.js';
import type { WorkshopDocument } from '../read-model/documents.js';
import type { At } from './dimensions.js';
import type { Measures } from './measures.js';
import type { Tops } from './tops.js';
import type { Unit } from './unit.js';

/** What a cell counts, whatever the day. */
export interface CellDocument {
  readonly _id: string;
  readonly programme: string;
  /** Its dimensions, `basin+size`. */
  readonly by: string;
  readonly at: At;
  readonly all?: Measures;
  /** Of each amount of money: the firms that make most of it. */
  readonly tops?: Readonly<Record<string, Tops>>;
}

/** What a cell counts in one year, by month (`05`) and by day (`0514`), so that any date is few sums away. */
export interface CellYearDocument {
  readonly _id: string;
  readonly cell: string;
  readonly programme: string;
  readonly by: string;
  readonly at: At;
  readonly year: number;
  readonly months?: Readonly<Record<string, Measures>>;
  readonly days?: Readonly<Record<string, Measures>>;
}

/** On a document that counts in cells: what was counted of it, and since when (ms) it says something else. */
export interface Counted<Data> {
  readonly counted?: Unit<Data>;
  readonly dirty?: number;
}

export type CountedFirm = Counted<FirmData>;
export type CountedWorkshop = Counted<WorkshopData>;
export type WorkshopData = Pick<WorkshopDocument, 'heldOn'>;
