import type { FirmSaid } from '../cube/firms.js';
import type { FirmDocument } from '../facts/documents.js';

/** A cell of a row: a code, a number, a quarter; null where nothing is known. */
export type Value = string | number | null;

/** What a column of the evaluator's file is and holds; the codebook is made of these. */
export interface Column {
  readonly column: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly definitionEn: string;
  readonly kind: 'PSEUDONYM' | 'CODE' | 'NUMBER' | 'QUARTER';
  readonly unit?: string;
  readonly codes: readonly Code[];
}

export interface Code {
  readonly code: string | number;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** All that a firm's row is made from. */
export interface FirmSource {
  readonly pseudonym: string;
  readonly firm: FirmSaid;
  readonly survey: Pick<FirmDocument, 'answers' | 'partlyAnswered' | 'trends'>;
}

/** A column, and how a firm's cell of it is made. */
export interface MadeColumn extends Column {
  valueOf(source: FirmSource): Value;
}
