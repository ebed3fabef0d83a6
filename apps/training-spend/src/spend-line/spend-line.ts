import { formatEuros } from '@gpect/domain-values/cents';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { type Params, type Said, said } from '@gpect/tabular-files/messages';
import { isIn, type Origin } from './file-id.js';
import { LINE_MESSAGES, type LineMessage } from './line-messages.js';

/** What a line of spend says, but for its reference. Amounts in euro cents, days in Europe/Paris. */
export interface Content {
  readonly siret: string;
  readonly siretRestored?: true;
  readonly paidOn: string;
  readonly scheme: string;
  readonly amountCents: number;
  readonly hours?: number;
  readonly trainees?: number;
}

export type Kind = 'record' | 'correct' | 'cancel';

/** One thing said of a line, and every file that says so. */
export interface Entry {
  readonly kind: Kind;
  readonly content: Content;
  readonly origins: readonly Origin[];
  /** It came before the line that it corrects or cancels, and is counted as waiting. */
  readonly waiting?: true;
}

/** Everything said of one line, under the reference that its funder gave it. */
export interface SpendLine {
  /** Number of the last change that counted. */
  readonly revision: number;
  readonly entries: readonly Entry[];
}

export const UNKNOWN: SpendLine = { revision: 0, entries: [] };

export interface Saying {
  readonly kind: Kind;
  readonly content: Content;
  readonly origin: Origin;
  /** What a record means that differs from the one that is known. */
  readonly differing: 'refuse' | 'correct';
}

export type Outcome = 'accepted' | 'repeated' | 'corrected' | 'cancelled' | 'waiting';

/** What counts differently now, as an event says it. */
export type Change =
  | { readonly kind: 'recorded'; readonly revision: number; readonly is: Content; readonly origin: Origin }
  | {
      readonly kind: 'corrected';
      readonly revision: number;
      readonly was: Content;
      readonly is: Content;
      readonly origin: Origin;
    }
  | { readonly kind: 'cancelled'; readonly revision: number; readonly was: Content; readonly origin: Origin };

/** What became of a line that waited. */
export interface Settlement {
  readonly origins: readonly Origin[];
  readonly amountCents: number;
  readonly outcome: 'corrected' | 'cancelled' | Refusal;
}

export interface Decided {
  readonly outcome: Outcome;
  /** The same object as before where nothing is to be kept. */
  readonly line: SpendLine;
  readonly changes: readonly Change[];
  readonly settled: readonly Settlement[];
}

/** What counts of a line: nothing while its record has not come or is withdrawn. */
export interface Effect {
  readonly content: Content | undefined;
  readonly cancelled: boolean;
}

export function effectOf({ entries }: SpendLine): Effect {
  let content = entries.find((e) => e.kind === 'record')?.content;
  if (!content) return { content: undefined, cancelled: false };
  let cancelled = false;
  for (const entry of entries) {
    if (entry.kind === 'correct') content = entry.content;
    if (entry.kind === 'cancel') cancelled = true;
  }
  return { content, cancelled };
}

/** Decides the outcome of one line of a file. Said again by the same file it leaves no trace; by another file, that file is remembered. */
export function decide(saying: Saying, line: SpendLine): Result<Decided, Refusal> {
  const record = line.entries.find((e) => e.kind === 'record');
  if (saying.kind === 'record') {
    if (!record) return ok(recordFirst(line, saying));
    if (sameContent(record.content, saying.content)) return ok(repeated(line, record, saying.origin));
    if (saying.differing === 'refuse') return fail(referenceDiffers(record.content));
    return correct(line, { ...saying, kind: 'correct' });
  }
  if (!record) return ok(wait(line, saying));
  return saying.kind === 'correct' ? correct(line, saying) : cancel(line, saying);
}

/** A line whose reference differs from another by zeros at its head alone, and the key under which it is known. */
export interface AlikeLine {
  readonly key: string;
  readonly reference: string;
  readonly line: SpendLine;
}

/**
 * Decides a line by what is known under its reference, or else under one that differs by zeros at its head alone, which
 * spreadsheets lose. What says the same as that one is the same payment, said again, and is kept under its key. What says
 * something else may be another payment or a slip; it is refused, whatever a dialect does with what differs.
 */
export function decideKnown(
  saying: Saying,
  own: SpendLine | undefined,
  alike: readonly AlikeLine[],
): Result<Decided & { readonly key?: string }, Refusal> {
  if (own && own.entries.length > 0) return decide(saying, own);
  // What was withdrawn is no payment any more.
  const standing = alike.filter(({ line }) => line.entries.length > 0);
  const same = standing.find(({ line }) => isSaidAlready(line, saying));
  if (same) {
    const decided = decide(saying, same.line);
    return decided.ok ? ok({ ...decided.value, key: same.key }) : decided;
  }
  const [first] = standing;
  return first ? fail(differsByZeros(first.reference)) : decide(saying, own ?? UNKNOWN);
}

/** Whether a line was said before as it is said now. */
function isSaidAlready({ entries }: SpendLine, { kind, content }: Saying): boolean {
  return entries.some((entry) => entry.kind === kind && sameContent(entry.content, content));
}

function differsByZeros(reference: string): SpendRefusal {
  return {
    code: 'reference_zeros',
    kind: 'transition',
    field: 'reference',
    state: 'RECORDED',
    allowed: [],
    ...sentence('reference_zeros', { reference }),
  };
}

function recordFirst(line: SpendLine, { content, origin }: Saying): Decided {
  const before = line.entries;
  let now: SpendLine = { revision: line.revision + 1, entries: [{ kind: 'record', content, origins: [origin] }] };
  const changes: Change[] = [{ kind: 'recorded', revision: now.revision, is: content, origin }];
  const settled: Settlement[] = [];
  for (const entry of before) {
    const [first] = entry.origins;
    if (!first) continue;
    const result = decide({ kind: entry.kind, content: entry.content, origin: first, differing: 'correct' }, now);
    const settles = (outcome: Settlement['outcome']) =>
      entry.waiting && settled.push({ origins: entry.origins, amountCents: entry.content.amountCents, outcome });
    if (!result.ok) {
      settles(result.fault);
      continue;
    }
    settles(entry.kind === 'cancel' ? 'cancelled' : 'corrected');
    const [last] = result.value.line.entries.slice(-1);
    const entries = result.value.line.entries.slice(0, -1);
    now = {
      revision: result.value.line.revision,
      entries: last ? [...entries, last.kind === entry.kind ? { ...last, origins: entry.origins } : last] : entries,
    };
    changes.push(...result.value.changes);
  }
  return { outcome: 'accepted', line: now, changes, settled };
}

function correct(line: SpendLine, saying: Saying): Result<Decided, Refusal> {
  const known = line.entries.find((e) => e.kind === 'correct' && sameContent(e.content, saying.content));
  if (known) return ok(repeated(line, known, saying.origin));
  const { content: was, cancelled } = effectOf(line);
  if (!was) return ok(wait(line, saying));
  if (cancelled) {
    return fail({
      code: 'line_cancelled',
      kind: 'transition',
      field: 'reference',
      state: 'CANCELLED',
      allowed: [],
      ...sentence('line_cancelled'),
    });
  }
  if (sameContent(was, saying.content)) return ok({ outcome: 'repeated', line, changes: [], settled: [] });
  const revision = line.revision + 1;
  const entry: Entry = { kind: 'correct', content: saying.content, origins: [saying.origin] };
  return ok({
    outcome: 'corrected',
    line: { revision, entries: [...line.entries, entry] },
    changes: [{ kind: 'corrected', revision, was, is: saying.content, origin: saying.origin }],
    settled: [],
  });
}

function cancel(line: SpendLine, saying: Saying): Result<Decided, Refusal> {
  const known = line.entries.find((e) => e.kind === 'cancel');
  if (known) return ok(repeated(line, known, saying.origin));
  const { content: was } = effectOf(line);
  if (!was) return ok(wait(line, saying));
  if (was.amountCents !== saying.content.amountCents || was.siret !== saying.content.siret) {
    return fail({
      code: 'cancellation_differs',
      kind: 'transition',
      field: 'amount',
      state: 'RECORDED',
      allowed: ['cancel'],
      ...sentence('cancellation_differs', { was: `${formatEuros(was.amountCents)}, ${was.siret}` }),
    });
  }
  const revision = line.revision + 1;
  const entry: Entry = { kind: 'cancel', content: saying.content, origins: [saying.origin] };
  return ok({
    outcome: 'cancelled',
    line: { revision, entries: [...line.entries, entry] },
    changes: [{ kind: 'cancelled', revision, was, origin: saying.origin }],
    settled: [],
  });
}

/** A correction or a cancellation before its original: kept until that comes. */
function wait(line: SpendLine, { kind, content, origin }: Saying): Decided {
  const known = line.entries.find((e) => e.kind === kind && (kind === 'cancel' || sameContent(e.content, content)));
  if (known) return repeated(line, known, origin);
  const entry: Entry = { kind, content, origins: [origin], waiting: true };
  return { outcome: 'waiting', line: { ...line, entries: [...line.entries, entry] }, changes: [], settled: [] };
}

const OUTCOMES: Readonly<Record<Kind, Outcome>> = { record: 'accepted', correct: 'corrected', cancel: 'cancelled' };

function repeated(line: SpendLine, entry: Entry, origin: Origin): Decided {
  const [first] = entry.origins;
  // The very line that said it, read once more (a file that is read again): its outcome is what it was.
  if (first?.file === origin.file && first.line === origin.line)
    return { outcome: entry.waiting ? 'waiting' : OUTCOMES[entry.kind], line, changes: [], settled: [] };
  const same: Decided = { outcome: 'repeated', line, changes: [], settled: [] };
  if (entry.origins.some((o) => o.file === origin.file)) return same;
  const entries = line.entries.map((e) => (e === entry ? { ...e, origins: [...e.origins, origin] } : e));
  return { ...same, line: { ...line, entries } };
}

/** Takes out what one file said: what another file says too goes on counting, and what was said before counts again. */
export function withdraw(line: SpendLine, fileId: string): { line: SpendLine; change: Change | undefined } {
  const origin = line.entries.flatMap((e) => e.origins).find((o) => isIn(fileId, o));
  if (!origin) return { line, change: undefined };
  const entries = line.entries.flatMap((entry) => {
    const origins = entry.origins.filter((o) => !isIn(fileId, o));
    return origins.length === entry.origins.length ? [entry] : origins.length > 0 ? [{ ...entry, origins }] : [];
  });
  const [before, after] = [effectOf(line), effectOf({ ...line, entries })];
  const was = before.cancelled ? undefined : before.content;
  const is = after.cancelled ? undefined : after.content;
  const revision = line.revision + 1;
  const change = changeOf(was, is, revision, origin);
  return { line: { revision: change ? revision : line.revision, entries }, change };
}

function changeOf(
  was: Content | undefined,
  is: Content | undefined,
  revision: number,
  origin: Origin,
): Change | undefined {
  if (was && !is) return { kind: 'cancelled', revision, was, origin };
  if (!was && is) return { kind: 'recorded', revision, is, origin };
  if (was && is && !sameContent(was, is)) return { kind: 'corrected', revision, was, is, origin };
  return undefined;
}

function referenceDiffers({ amountCents, paidOn, siret }: Content): SpendRefusal {
  return {
    code: 'reference_differs',
    kind: 'transition',
    field: 'reference',
    state: 'RECORDED',
    allowed: ['cancel'],
    ...sentence('reference_differs', { was: `${formatEuros(amountCents)}, ${paidOn}, ${siret}` }),
  };
}

/** A refusal with its sentence in each language; APIs say the English one. */
export type SpendRefusal = Refusal & { readonly said?: Said };

function sentence(message: LineMessage, params: Params = {}): { detail: string; said: Said } {
  const both = said(LINE_MESSAGES[message], params);
  return { detail: both.en, said: both };
}

/** What makes two lines the same, wherever they were read; how the SIRET was written does not count. */
export function sameContent(a: Content, b: Content): boolean {
  return (
    a.amountCents === b.amountCents &&
    a.siret === b.siret &&
    a.paidOn === b.paidOn &&
    a.scheme === b.scheme &&
    a.hours === b.hours &&
    a.trainees === b.trainees
  );
}
