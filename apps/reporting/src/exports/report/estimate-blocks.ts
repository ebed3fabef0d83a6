import type { Bilan } from '../../bilan/shape.js';
import { estimateSheet, incompleteSaid } from '../estimate-sheet.js';
import { nullIn, type Sheet, UNTOLD } from '../sheet.js';
import type { Told } from '../words.js';
import type { Block } from './report.js';

/**
 * The estimates of a chapter, each with its assumptions beneath: a new one shows up by itself. What was said beneath one is not
 * said again beneath the next; those of which no number is told are named together, with the reason.
 */
export function estimateBlocks({ bilan, language, say }: Told, group: string): Block[] {
  const said = new Set<string>();
  const ofGroup = bilan.estimates.filter(
    (estimate) => estimate.group === group && isThere(estimate) && !DRAWN.has(estimate.id),
  );
  const tables = ofGroup.filter(isTold).map((estimate): Block => {
    const sheet = withoutZeros(estimateSheet(estimate, language, nullIn(bilan.secrecy)));
    // That it is incomplete, and why, stands first beneath each.
    const incomplete = incompleteSaid(estimate, language);
    const notes = (sheet.notes ?? []).filter((note) => note !== incomplete);
    const anew = notes.filter((note) => !said.has(note));
    for (const note of notes) said.add(note);
    const above = say('Les autres hypothèses sont celles qui précèdent.', 'The other assumptions are those above.');
    const [last] = anew.slice(-1);
    // It stands in the last note, and so on the same page.
    const shown = anew.length === notes.length ? anew : last ? [...anew.slice(0, -1), `${last} ${above}`] : [above];
    return { kind: 'table', sheet: { ...sheet, notes: [...(incomplete ? [incomplete] : []), ...shown] } };
  });
  return [...tables, ...untold(ofGroup.filter((estimate) => !isTold(estimate)))];

  function untold(estimates: readonly Estimate[]): Block[] {
    const reasons = new Map<string, string[]>();
    for (const { labelFr, labelEn, reasonFr = '', reasonEn = '' } of estimates) {
      const reason = say(reasonFr, reasonEn);
      reasons.set(reason, [...(reasons.get(reason) ?? []), say(labelFr, labelEn)]);
    }
    return [...reasons].map(([reason, labels]) => ({
      kind: 'note',
      text: `${say('Estimations qui ne sont pas dites ici : ', 'Estimates that are not told here: ')}${labels.join(say(' ; ', '; '))}.${reason === '' ? '' : ` ${reason}`}`,
    }));
  }
}

/** Its numbers stand in its drawing, and in the annex. */
const DRAWN = new Set(['spendDistribution']);

type Estimate = Bilan['estimates'][number];
type Part = Pick<Estimate, 'n' | 'counts' | 'values'>;

const partsOf = (estimate: Estimate): Part[] => [estimate, ...(estimate.parts ?? [])];

/** What has no firm behind it yet says nothing to a committee; what is masked, or waits for its firms, is named. */
const isThere = (estimate: Estimate): boolean =>
  partsOf(estimate).some(({ n, counts }) => n !== 0 || counts.some(({ count }) => count !== 0));

const isTold = (estimate: Estimate): boolean =>
  partsOf(estimate).some(
    ({ n, counts, values }) =>
      n !== null ||
      counts.some(({ count }) => count !== null) ||
      values.some(({ value, low }) => (value ?? low) !== null),
  );

/** A table of parts without the columns that say nothing of any part: nobody was drawn. What is masked stays. */
function withoutZeros(sheet: Sheet): Sheet {
  const kept = sheet.head.map(
    (_, at) => at === 0 || !sheet.rows.every((row) => [0, '', UNTOLD].includes(row[at] as string | number)),
  );
  if (kept.filter((keep) => keep).length < 2) return sheet;
  const of = <T>(cells: readonly T[]): T[] => cells.filter((_, at) => kept[at]);
  return { ...sheet, head: of(sheet.head), rows: sheet.rows.map(of) };
}
