// Bounds of texts and lists in the events' schemas. They hold where an event is made and where a partner's comes in, never for
// an event that is kept: the topics are kept for ever, and a bound may be younger than what they hold. So one schema is read in
// two ways, and a bound may be given to a field that had none without breaking any reader.

import { HEADER, LONGEST_NAME, NAME, VISIBLE } from '@gpect/domain-values/text';

/** A text of a kind: a name has one line, a text says why, a long one is a document. None is blank: something of it is seen. */
const KINDS = {
  name: { maxLength: LONGEST_NAME, pattern: NAME },
  text: { maxLength: 4000, pattern: VISIBLE },
  long: { maxLength: 20_000, pattern: VISIBLE },
  header: { maxLength: LONGEST_NAME, pattern: HEADER },
};
const PATTERNS = new Set([HEADER, NAME, VISIBLE]);

/** Keywords of a text of a kind. */
export function textOf(kind) {
  if (!(kind in KINDS)) throw new Error(`x-text is ${Object.keys(KINDS).join(', ')}; "${kind}" is none`);
  return { minLength: 1, ...KINDS[kind] };
}

/** A contract as it is written, with the keywords that each `x-text` stands for; what stands beside it goes before them. */
export function withTexts(value) {
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  const { 'x-text': kind, ...rest } = value;
  const inside = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, withTexts(one)]));
  return kind === undefined ? inside : { ...textOf(kind), ...inside };
}

const SIZES = new Set(['maxLength', 'maxItems', 'maxProperties', 'propertyNames']);

/** Whether a keyword of a schema is such a bound. */
export const isBound = (key, value) => SIZES.has(key) || (key === 'pattern' && PATTERNS.has(value));

/** A schema as events that are kept are read by it. */
export function withoutBounds(schema) {
  return mapped(schema, (one) =>
    Object.fromEntries(Object.entries(one).filter(([key, value]) => !isBound(key, value))),
  );
}

/** A schema whose objects hold the fields that it names and no other. */
export function closed(schema) {
  return mapped(schema, (one) =>
    one.properties && one.additionalProperties === undefined ? { ...one, additionalProperties: false } : one,
  );
}

/** Keywords whose values are schemas by name, and those that hold plain values. */
const BY_NAME = new Set(['properties', '$defs', 'patternProperties']);
const VALUES = new Set(['examples', 'enum', 'const', 'default', 'x-deprecation']);

function mapped(schema, change) {
  if (Array.isArray(schema)) return schema.map((one) => mapped(one, change));
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.entries(schema).map(([key, value]) => {
    if (VALUES.has(key)) return [key, value];
    if (BY_NAME.has(key))
      return [key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one, change)]))];
    return [key, mapped(value, change)];
  });
  return change(Object.fromEntries(inside));
}
