import { createHash } from 'node:crypto';
import { inProgramme } from '@gpect/domain-values/identifiers';
import type { FileNames } from '../spend-file/spend-file.js';
import type { SentLine } from './record-line.js';

/** The lines that a funder sends one by one, as if they stood in a file of their own. */
export function fileOfLines({ programme, funder }: Pick<SentLine, 'programme' | 'funder'>): FileNames {
  const fileId = createHash('sha256')
    .update(`lines of ${inProgramme(programme, funder)}`)
    .digest('hex');
  return { programme, funder, fileId, file: 'lignes envoyées une à une' };
}
