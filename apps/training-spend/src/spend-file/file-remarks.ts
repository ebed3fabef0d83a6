import type { Remark } from '@gpect/tabular-files/remarks';
import { fileRemark } from '../dialect/bind-columns.js';
import { NOTHING_SEEN, remarksOfSeen, type Seen } from '../spend-line/file-reading.js';
import type { DecidedLines } from './decide-lines.js';
import type { FileDocument } from './file-store.js';

type Noticed = FileDocument['remarks'];

/** What was noticed of a file, with what some more of its lines tell. */
export function withNoticed(
  from: Noticed,
  lines: Pick<DecidedLines, 'siretRestored' | 'rounded' | 'cutShort' | 'quotesMended' | 'repeatedHere'>,
  closed: number,
  seen: Seen,
): Noticed {
  return {
    siretRestored: from.siretRestored + lines.siretRestored,
    establishmentClosed: from.establishmentClosed + closed,
    amountsRounded: (from.amountsRounded ?? 0) + lines.rounded,
    linesCutShort: (from.linesCutShort ?? 0) + lines.cutShort,
    quotesMended: (from.quotesMended ?? 0) + lines.quotesMended,
    repeatedHere: (from.repeatedHere ?? 0) + lines.repeatedHere,
    seen,
  };
}

/** What is to be known of how a file was read: of its sheets and columns, and of its lines. Preview and report say the same. */
export function remarksOf({ noted = [], remarks }: Pick<FileDocument, 'noted' | 'remarks'>): Remark[] {
  const counted = (
    [
      ['siret_restored', remarks.siretRestored],
      ['establishment_closed', remarks.establishmentClosed],
      ['amount_rounded', remarks.amountsRounded ?? 0],
      ['lines_cut_short', remarks.linesCutShort ?? 0],
      ['quotes_mended', remarks.quotesMended ?? 0],
      ['lines_repeated', remarks.repeatedHere ?? 0],
    ] as const
  ).flatMap(([code, count]) => (count > 0 ? [fileRemark(code, { count })] : []));
  return [...noted, ...remarksOfSeen(remarks.seen ?? NOTHING_SEEN), ...counted];
}
