import { createHmac } from 'node:crypto';
import { type DisclosureRule, leastAlike } from '@gpect/domain-values/disclosure';
import { rounded } from '../secrecy/rounding.js';
import { alike, keyOf, shareTold } from '../secrecy/rows/alike.js';
import type { BesideTables, ClassTold, RowsTold } from '../secrecy/rows/beside-tables.js';
import { inOrder, type KeptClass, type KeptSlice } from '../secrecy/rows/kept-slice.js';
import { type Recoding, recodings } from '../secrecy/rows/recoding.js';
import type { RowRule, Slice } from '../secrecy/rows/slice.js';
import { firmsBetween, joined, marksOf } from './marks.js';

export interface RowsAsked {
  readonly slices: readonly Slice[];
  readonly before?: { readonly date: string; readonly kept: readonly KeptSlice[] } | undefined;
  readonly rule: DisclosureRule;
  /** Of this installation, which nobody else knows: it chooses the rows that are told. */
  readonly key: string;
}

/**
 * What a release tells of firms row by row: of each slice the recoding that tells most, of those by which rows and tables
 * together open nothing that tables keep. Of a slice for which there is none, no row is told. Pure.
 * @param beside the tables of the same release
 */
export function releasedRows({ slices, before, rule, key }: RowsAsked, beside: BesideTables): KeptSlice[] {
  const rowRule: RowRule = { ...rule, alike: leastAlike(rule) };
  const decided: (RowsTold & { readonly kept: KeptSlice })[] = [];
  for (const slice of slices) {
    const then = before?.kept.find((one) => one.slice === slice.id);
    const candidates = candidatesOf(slice, { then, date: before?.date, rule: rowRule, key });
    for (const one of candidates) {
      if (one.kept.classes.length === 0 || !beside.openNothing([...decided, one], rowRule.alike)) continue;
      decided.push(one);
      break;
    }
  }
  return decided.map(({ kept }) => kept);
}

interface Around {
  readonly then: KeptSlice | undefined;
  readonly date: string | undefined;
  readonly rule: RowRule;
  readonly key: string;
}

type Candidate = RowsTold & { readonly kept: KeptSlice };

/** As a slice may be told, that which tells most first; each is made when it is looked at. */
function* candidatesOf(slice: Slice, { then, date, rule, key }: Around): Generator<Candidate> {
  const ranks = new Map(
    slice.records.map(({ firm }) => [firm, createHmac('sha256', key).update(`${slice.id} ${firm}`).digest('hex')]),
  );
  const rank = (firm: string) => ranks.get(firm) ?? '';
  const madeBy = (recoding: Recoding) => alike(slice, recoding, rule, rank);
  const told = (recoding: Recoding, before: KeptSlice | undefined): Candidate => {
    const earlier = new Map(before?.classes.map((one) => [keyOf(one.at), one]));
    const classes = madeBy(recoding).map((one) =>
      classTold(slice, one, earlier.get(keyOf(one.at)), { rule, date, key }),
    );
    const kept = classes.filter(({ of: { rows } }) => rows.length > 0);
    const rows = kept.reduce((sum, { of }) => sum + of.rows.length, 0);
    const left = Math.max(0, slice.records.length - rows);
    return {
      slice,
      recoding,
      classes: classes.map(({ of }) => of),
      kept: {
        slice: slice.id,
        recoding,
        leftOut: left === 0 ? 0 : rounded(left, rule.alike),
        classes: kept.map(({ kept: one }) => one),
      },
    };
  };
  // Another recoding would tell by the difference what few firms have changed: it comes when enough have in each class.
  if (then) {
    const same = told(then.recoding, then);
    const isStill = same.kept.classes.some(({ of }) => of !== undefined);
    if (isStill) {
      yield same;
      return;
    }
  }
  for (const recoding of bestFirst((one) => shareTold(madeBy(one)))) yield told(recoding, undefined);
}

/**
 * Recodings, that which tells most first. What share of cells one tells is reckoned only once it may be the best: of a programme
 * of many firms the finest nearly always is.
 */
function* bestFirst(shareOf: (recoding: Recoding) => number): Generator<Recoding> {
  const left = recodings()
    .map(([recoding, precision]) => ({ recoding, most: LEAST_PRECISION + precision }))
    .sort((a, b) => a.most - b.most);
  let known: { recoding: Recoding; score: number }[] = [];
  for (;;) {
    const best = known.reduce<(typeof known)[number] | undefined>(
      (a, b) => (a && a.score >= b.score ? a : b),
      undefined,
    );
    const next = left.at(-1);
    if (next && next.most > (best?.score ?? 0)) {
      left.pop();
      known.push({ recoding: next.recoding, score: next.most * shareOf(next.recoding) });
    } else if (best && best.score > 0) {
      known = known.filter((one) => one !== best);
      yield best.recoding;
    } else return;
  }
}

/** What rows are worth that tell nothing of who a firm is: a tenth of those that tell all of it. */
const LEAST_PRECISION = 0.1;

/** A class as it is now, or as it was told where too few of its firms have changed since in what was told. */
function classTold(
  { id, columns }: Slice,
  now: ClassTold,
  then: KeptClass | undefined,
  { rule, date, key }: Pick<Around, 'rule' | 'date' | 'key'>,
): { readonly of: ClassTold; readonly kept: KeptClass } {
  const marksBy = (told: readonly string[]) => {
    const cellsOf = inOrder(columns, told);
    return marksOf(id, new Map(now.records.map(({ firm, cells }) => [firm, JSON.stringify(cellsOf(cells))])), key);
  };
  const changed = then ? firmsBetween(then.behind, marksBy(then.columns)) : rule.alike;
  if (then && changed < rule.alike) {
    const rows = then.rows.map(inOrder(then.columns, columns));
    return { of: { ...now, rows, isOfBefore: changed > 0 }, kept: { ...then, of: then.of ?? date ?? '' } };
  }
  return { of: now, kept: { at: now.at, columns, rows: now.rows, behind: joined(marksBy(columns)) } };
}
