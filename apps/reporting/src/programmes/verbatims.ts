import type mongoose from 'mongoose';
import type { ClientSession } from 'mongoose';
import type { VerbatimDocument } from '../facts/documents.js';
import { readModelOf } from '../facts/store.js';

/** What a firm agreed to be published of its words; its key is for their order, and is told to nobody. */
export type Verbatim = Pick<VerbatimDocument, '_id' | 'theme' | 'by' | 'saidOn' | 'consentedOn'> & {
  readonly text: string;
};

export interface Verbatims {
  readonly told: readonly Verbatim[];
  /** How many are not told since they name a firm. */
  readonly withheld: number;
}

export const NO_VERBATIMS: Verbatims = { told: [], withheld: 0 };

/**
 * The words of a programme's firms that these agree to be published, but those in which a firm's registered name is found. No
 * search finds every allusion, so they are for who sees every figure, and reads them before he passes them on; no release has any.
 */
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
  const known = [...new Set(names.map((name) => withoutForm(wordsOf(name))))].filter(
    (name) => name.length >= SHORTEST_NAME,
  );
  const told = agreed.flatMap(({ _id, theme, by, saidOn, consentedOn, text }): Verbatim[] =>
    text === null || namesFirm(text, known) ? [] : [{ _id, theme, by, saidOn, consentedOn, text }],
  );
  return { told, withheld: agreed.filter(({ text }) => text !== null).length - told.length };
}

/** A shorter one is a word like others. */
const SHORTEST_NAME = 3;
/** Legal forms and what stands before a name: people leave them out. */
const FORMS = new Set(
  'sarl sas sasu sa eurl ei eirl snc scop scic sci gie societe ste ets etablissements entreprise groupe cie compagnie et fils'.split(
    ' ',
  ),
);
/** A SIREN, or a SIRET, in whatever groups of digits. */
const SIREN = /(?:\d[\s.\u00a0\u202f]?){9}/;

function namesFirm(text: string, known: readonly string[]): boolean {
  const words = ` ${wordsOf(text)} `;
  return SIREN.test(text) || known.some((name) => words.includes(` ${name} `));
}

/** The name as people say it; the whole where it is made of nothing else. */
function withoutForm(name: string): string {
  const words = name.split(' ');
  const said = words.filter((word) => !FORMS.has(word));
  return (said.length > 0 ? said : words).join(' ');
}

/** Without accents, capitals and signs: as somebody may write it. */
const wordsOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
