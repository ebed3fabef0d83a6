import type { Bilan } from '../../bilan/shape.js';
import { estimateSheet } from '../estimate-sheet.js';
import type { Told } from '../words.js';
import type { Block } from './report.js';

/** The estimates of a chapter, each with its assumptions beside it: a new one shows up by itself. */
export function estimateBlocks({ bilan, language }: Told, group: string): Block[] {
  return bilan.estimates
    .filter((estimate) => estimate.group === group && isTold(estimate))
    .map((estimate) => ({ kind: 'table', sheet: estimateSheet(estimate, language) }));
}

/** What has no firm behind it yet says nothing to a committee; what is masked or incomplete is shown as such. */
const isTold = ({ n, status }: Bilan['estimates'][number]): boolean => n !== 0 || status === 'INCOMPLETE';
