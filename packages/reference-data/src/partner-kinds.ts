import { readData } from './read-data.js';

/** What an organisation that takes part in a programme is. */
interface PartnerKind<InActions extends string = string, AsSystem extends string = string> {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** The nearest word of the closed list of `action-partner-joined`. */
  readonly inActions: InActions;
  /** The nearest word of the closed list of `partner-declared`. */
  readonly asSystem: AsSystem;
}

const KINDS = new Map(
  readData<{ readonly kinds: readonly PartnerKind[] }>('partner-kinds').kinds.map((kind) => [kind.code, kind]),
);

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
