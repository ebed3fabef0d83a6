import type { FirmDocument } from '../facts/documents.js';
import { ALWAYS, type Fact } from '../facts/fact.js';

/**
 * A step on the path of a firm: once, on its day or, where none was given, on the earliest on which it can have been. A case
 * that was merged into another counts nowhere: the other does.
 */
export function once(
  measure: string,
  { mergedInto }: Pick<FirmDocument, 'mergedInto'>,
  day: string | undefined,
  atLeast?: string,
): readonly Fact[] {
  return day === undefined || mergedInto ? [] : [[measure, day || (atLeast ?? ALWAYS), 1]];
}

/** What happened once on a day, and the same by what it was, where that is said. */
export const byKind = (measure: string, day: string, kind: string): readonly Fact[] => [
  [measure, day, 1],
  ...(kind ? ([[`${measure}:${kind}`, day, 1]] as const) : []),
];
