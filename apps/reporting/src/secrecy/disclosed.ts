import type { components } from '@gpect/contracts/generated/api-reporting';

/** Private, so that what is copied from something disclosed, with more or other in it, has it no more. */
declare abstract class Mark {
  private readonly disclosed: true;
}

/**
 * What may leave reporting. Only this file makes it: of what full sight was granted for, or of a release, and every route
 * answers with it and with nothing else (answers/answers.ts): the compiler refuses the rest.
 */
export type Disclosed<T> = T & Mark;

/** That somebody sees every figure, for a stated purpose that stands in the audit trail. */
export class FullSight {
  readonly kind = 'full';
  private constructor(
    readonly purpose: string,
    readonly written: Promise<void>,
  ) {}

  /** @param written resolves when the reading and its purpose stand in the audit trail: nothing is disclosed before */
  static granted(purpose: string, written: Promise<void>): FullSight {
    // Whoever discloses waits for it; a question that fails before that has nobody who does.
    written.catch(() => undefined);
    return new FullSight(purpose, written);
  }
}

/** What was suppressed as one whole and kept: told to everybody who may ask about the programme. */
export interface Released {
  readonly kind: 'release';
  readonly date: string;
}

/**
 * Figures that were read under a sight, or made of such alone.
 * @throws what the audit trail could not be written with
 */
export async function disclose<T>(by: FullSight | Released, value: T): Promise<Disclosed<T>> {
  if (by.kind === 'full') await by.written;
  return value as Disclosed<T>;
}

/** What is made of something disclosed and of nothing else that speaks of firms: a part of it, a file of it. */
export function madeOf<T, U>(from: Disclosed<T>, make: (from: T) => Promise<U>): Promise<Disclosed<U>>;
export function madeOf<T, U>(from: Disclosed<T>, make: (from: T) => U): Disclosed<U>;
export function madeOf<T, U>(from: Disclosed<T>, make: (from: T) => U): Disclosed<U> {
  return make(from) as Disclosed<U>;
}

type Schemas = components['schemas'];
type SaysNothingOfFirms =
  | { readonly indicators: readonly Schemas['Indicator'][] }
  | { readonly dimensions: readonly Schemas['Dimension'][] }
  | { readonly releases: readonly Schemas['Release'][] }
  | Schemas['Release'];

/** What speaks of no firm: definitions, dimensions, dates of releases. */
export function ofNoFirm<T extends SaysNothingOfFirms>(value: T): Disclosed<T> {
  return value as Disclosed<T>;
}

/** Firms by name, to whom rights let ask for them (`x-own`). */
export function ofOwnFirms<T extends Schemas['Warnings']>(value: T): Disclosed<T> {
  return value as Disclosed<T>;
}
