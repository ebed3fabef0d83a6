import { type EventType, examplesOf, schemaOf } from '../event-contracts.js';
import { isSame } from './schema.js';
import { variationsOf } from './variations.js';
import { wholeValue } from './whole-value.js';

/** Data of an event as its contract takes it. */
export interface GoldenEvent {
  /** What it was made from: `example 0` or `whole 0` (the example with every optional field, where it has not all of them). */
  readonly of: string;
  /** The one place where it differs from that (`/theme = "skills"`, `/leftOn left out`); '' where it is that itself. */
  readonly differs: string;
  readonly data: unknown;
}

/**
 * Events of a type that bring out what its readers make of it, each valid, always the same ones in the same order: every
 * example of the contract, as it is and with every optional field, and each of these with one place changed. Every value of an
 * enumeration and of a small range; ends, neighbours and round numbers of a large one; optional fields left out; lists of
 * none, one and two; dates in the ten years
 * before and after. Readers that do something else make something else of at least one of them, unless
 * it takes two places at once, or a number or text that is none of these.
 */
export function goldenEvents(type: EventType): GoldenEvent[] {
  const schema = schemaOf(type);
  return examplesOf(type).flatMap((example, i) => {
    const whole = wholeValue(schema, example);
    return [
      ...around(schema, example, `example ${i}`),
      ...(isSame(whole, example) ? [] : around(schema, whole, `whole ${i}`)),
    ];
  });
}

function around(schema: object, data: unknown, of: string): GoldenEvent[] {
  return [
    { of, differs: '', data },
    ...variationsOf(schema, data).map(({ differs, value }) => ({ of, differs, data: value })),
  ];
}
