import { readFileSync } from 'node:fs';

/** What an organisation that takes part in a programme is. */
interface PartnerKind {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** The nearest word of the closed list of `action-partner-joined`. */
  readonly inActions: string;
  /** The nearest word of the closed list of `partner-declared`. */
  readonly asSystem: string;
}

const { kinds } = JSON.parse(readFileSync(new URL('../data/partner-kinds.json', import.meta.url), 'utf8')) as {
  readonly kinds: readonly PartnerKind[];
};
const KINDS = new Map(kinds.map((kind) => [kind.code, kind]));

/** A kind as events carry it: the nearest word of their closed list, and the code itself where that says less. */
export interface ToldKind<Closed extends string> {
  readonly kind: Closed;
  readonly kindCode?: string;
}

/** @param closed every word of the closed list; a code that no register knows is `OTHER` there, and told as it is beside it */
export function toldKind<Closed extends string>(
  code: string,
  list: 'inActions' | 'asSystem',
  closed: readonly (Closed | 'OTHER')[],
): ToldKind<Closed | 'OTHER'> {
  const exact = closed.find((word) => word === code);
  if (exact) return { kind: exact };
  const nearest = KINDS.get(code)?.[list];
  return { kind: closed.find((word) => word === nearest) ?? 'OTHER', kindCode: code };
}

/** What a reader calls a kind; its code where the register does not know it. */
export function partnerKindLabel(code: string, language: 'fr' | 'en'): string {
  const kind = KINDS.get(code);
  return kind ? (language === 'fr' ? kind.labelFr : kind.labelEn) : code;
}
