import type { Bilan } from '../../bilan/shape.js';
import { estimateSheet } from '../estimate-sheet.js';
import { nullIn } from '../sheet.js';
import type { Told } from '../words.js';
import type { Block } from './report.js';

/**
 * The estimates of a chapter, each with its assumptions beneath: a new one shows up by itself. What was said beneath one is not
 * said again beneath the next.
 */
export function estimateBlocks({ bilan, language, say }: Told, group: string): Block[] {
  const said = new Set<string>();
  return bilan.estimates
    .filter((estimate) => estimate.group === group && isTold(estimate) && !DRAWN.has(estimate.id))
    .map((estimate) => {
      const sheet = estimateSheet(estimate, language, nullIn(bilan.secrecy));
      const notes = sheet.notes ?? [];
      const anew = notes.filter((note) => !said.has(note));
      for (const note of notes) said.add(note);
      const above = say('Les autres hypothèses sont celles qui précèdent.', 'The other assumptions are those above.');
      return { kind: 'table', sheet: { ...sheet, notes: anew.length < notes.length ? [...anew, above] : anew } };
    });
}

/** Its numbers stand in its drawing, and in the annex. */
const DRAWN = new Set(['spendDistribution']);

type Estimate = Bilan['estimates'][number];

/** What has no firm behind it yet says nothing to a committee; what is masked, or waits for its firms, is shown. */
const isTold = ({ n, counts, parts = [] }: Estimate): boolean => [{ n, counts }, ...parts].some(hasFirms);

const hasFirms = ({ n, counts }: Pick<Estimate, 'n' | 'counts'>): boolean =>
  n !== 0 || counts.some(({ count }) => count !== 0);
