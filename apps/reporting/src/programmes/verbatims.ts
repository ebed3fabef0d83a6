import type mongoose from 'mongoose';
import type { ClientSession } from 'mongoose';
import type { VerbatimDocument } from '../facts/documents.js';
import { readModelOf } from '../facts/store.js';

/** What a firm agreed to be published of its words; its key is for looking whether it still does, and is told to nobody. */
export type Verbatim = Pick<VerbatimDocument, '_id' | 'theme' | 'by' | 'saidOn' | 'consentedOn'> & {
  readonly text: string;
};

export interface Verbatims {
  readonly told: readonly Verbatim[];
  /** How many are not told since they name a firm. */
  readonly withheld: number;
}

export const NO_VERBATIMS: Verbatims = { told: [], withheld: 0 };

/** The words of a programme's firms that these agree to be published, but those that name a firm. */
export async function verbatimsOf(
  connection: mongoose.Connection,
  programme: string,
  session: ClientSession | undefined,
): Promise<Verbatims> {
  const options = session ? { session } : {};
  const agreed = await readModelOf(connection, 'verbatims')
    .find({ programme, text: { $ne: null } }, null, options)
    .sort({ _id: 1 })
    .lean();
  if (agreed.length === 0) return NO_VERBATIMS;
  const firms = await readModelOf(connection, 'firms').find({ programme }, { name: 1 }, options).lean();
  return withoutNames(
    agreed,
    firms.flatMap(({ name }) => name ?? []),
  );
}

/** Pure. */
export function withoutNames(agreed: readonly VerbatimDocument[], names: readonly string[]): Verbatims {
  const known = names.map(wordsOf).filter((name) => name.length >= SHORTEST_NAME);
  const told = agreed.flatMap(({ _id, theme, by, saidOn, consentedOn, text }): Verbatim[] =>
    text === null || namesFirm(text, known) ? [] : [{ _id, theme, by, saidOn, consentedOn, text }],
  );
  return { told, withheld: agreed.filter(({ text }) => text !== null).length - told.length };
}

/** A shorter one is a word like others. */
const SHORTEST_NAME = 4;
/** A SIREN, or a SIRET, in whatever groups of digits. */
const SIREN = /(?:\d[\s.\u00a0\u202f]?){9}/;

function namesFirm(text: string, known: readonly string[]): boolean {
  const words = ` ${wordsOf(text)} `;
  return SIREN.test(text) || known.some((name) => words.includes(` ${name} `));
}

/** Without accents, capitals and signs: as somebody may write it. */
const wordsOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Of what was released, what firms still agree to: who takes its word back is read no more, in whichever release. */
export async function stillAgreed(
  connection: mongoose.Connection,
  programme: string,
  released: Verbatims = NO_VERBATIMS,
): Promise<Verbatims> {
  if (released.told.length === 0) return released;
  const ids = released.told.map(({ _id }) => _id);
  const agreed = await readModelOf(connection, 'verbatims')
    .find({ programme, _id: { $in: ids }, text: { $ne: null } }, { _id: 1 })
    .lean();
  const kept = new Set(agreed.map(({ _id }) => _id));
  return { ...released, told: released.told.filter(({ _id }) => kept.has(_id)) };
}
