import { pointerTo } from '@gpect/domain-values/json-pointer';
import { otherNumbers } from './numbers.js';
import { followed, isRecord, isSame, kindsOf, type Schema, schemaOfOthers } from './schema.js';
import { otherTexts, someText } from './texts.js';

/** A value that differs in one place. */
export interface Variation {
  /** The place (JSON pointer) and what stands there: `/theme = "skills"`, `/leftOn left out`. */
  readonly differs: string;
  readonly value: unknown;
}

/** Every value that differs from this one in one place, and is still of its schema. */
export function variationsOf(at: object, value: unknown, pointer = ''): Variation[] {
  const schema = followed(at);
  const here = othersHere(schema, value).map((other) => ({
    differs: `${pointer} = ${JSON.stringify(other)}`,
    value: other,
  }));
  if (Array.isArray(value)) return [...here, ...withinItems(schema, value, pointer)];
  return isRecord(value) ? [...here, ...withinFields(schema, value, pointer)] : here;
}

/** What may stand there instead, as a whole. */
function othersHere(schema: Schema, value: unknown): unknown[] {
  if ('const' in schema) return [];
  if (schema.enum) return schema.enum.filter((one) => one !== value);
  const kinds = kindsOf(schema);
  const none = kinds.includes('null') && value !== null ? [null] : [];
  if (typeof value === 'boolean') return [...none, !value];
  const isNumber = kinds.includes('number') || kinds.includes('integer');
  const numbers = isNumber ? otherNumbers(schema, typeof value === 'number' ? value : 0) : [];
  const text = kinds.includes('string') ? (typeof value === 'string' ? value : someText(schema)) : undefined;
  const texts = text === undefined ? [] : [...otherTexts(schema, text), ...(text === value ? [] : [text])];
  return [...none, ...numbers, ...texts, ...(Array.isArray(value) ? otherLengths(schema, value) : [])];
}

/** None, one and two of its items, where the schema takes so many. */
function otherLengths(schema: Schema, value: readonly unknown[]): unknown[][] {
  const { items = {}, minItems = 0, maxItems = Infinity, uniqueItems } = schema;
  const [first, ...more] = value;
  if (first === undefined) return [];
  const varied = variationsOf(items, first)[0];
  const same = uniqueItems ? [] : [[first, first]];
  const twos = more.length > 0 ? [[first, more[0]]] : [...(varied ? [[first, varied.value]] : []), ...same];
  return [[], [first], ...twos].filter(
    (other) => other.length >= minItems && other.length <= maxItems && !isSame(other, value),
  );
}

function withinItems({ items, uniqueItems }: Schema, value: readonly unknown[], pointer: string): Variation[] {
  if (!items) return [];
  return value.flatMap((one, i) =>
    variationsOf(items, one, `${pointer}/${i}`)
      .filter((varied) => !uniqueItems || !value.some((other) => isSame(other, varied.value)))
      .map((varied) => ({ ...varied, value: value.with(i, varied.value) })),
  );
}

function withinFields(schema: Schema, value: Readonly<Record<string, unknown>>, pointer: string): Variation[] {
  const { properties = {}, required = [], minProperties = 0 } = schema;
  const isNeeded = (name: string) => required.includes(name) || Object.keys(value).length <= minProperties;
  return Object.entries(value).flatMap(([name, one]) => {
    const field = properties[name] ?? schemaOfOthers(schema);
    const place = pointer + pointerTo(name);
    const { [name]: _, ...without } = value;
    const within = field ? variationsOf(field, one, place) : [];
    return [
      ...(isNeeded(name) ? [] : [{ differs: `${place} left out`, value: without }]),
      ...within.map((varied) => ({ ...varied, value: { ...value, [name]: varied.value } })),
    ];
  });
}
