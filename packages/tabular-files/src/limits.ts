import { Transform } from 'node:stream';
import { FileUnreadable } from './unreadable.js';

/** A line, quoted line breaks included, in bytes. */
export const LONGEST_LINE = 1_000_000;
export const MOST_COLUMNS = 1000;
/** Characters of all shared strings of a workbook, which have to be held in memory. */
export const MOST_SHARED_CHARACTERS = 40_000_000;

/** What a shared string costs beside its characters, so that empty ones count too. */
export const COST_OF_A_STRING = 16;
/** Characters of one tag, text or attribute of XML, which a parser has to hold whole. */
export const LONGEST_XML_TOKEN = 4_000_000;
export const DEEPEST_XML = 200;
/** The last line of the largest sheet that any program writes, and room to spare. */
export const LAST_LINE = 20_000_000;
export const MOST_SHEETS = 200;
export const MOST_ARCHIVE_ENTRIES = 10_000;

/** What a file may unpack to: text packs 10 to 40 times, so 200 times is no text. */
const MOST_RATIO = 200;
const ALWAYS_ALLOWED = 64 * 2 ** 20;
const MOST_UNPACKED = 8 * 2 ** 30;

/** Ends an unpacking that grows beyond all measure, long before memory or disk do. */
export function bombGuard(packed: number): Transform {
  const most = Math.min(MOST_UNPACKED, Math.max(ALWAYS_ALLOWED, packed * MOST_RATIO));
  let unpacked = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      if (unpacked <= most) done(null, chunk);
      else done(new FileUnreadable('archive_bomb', { why: `${packed} > ${most}` }));
    },
  });
}
