import { followed, isRecord, kindsOf, type Schema, schemaOfOthers } from './schema.js';
import { someText } from './texts.js';
import { variationsOf } from './variations.js';

/** A value with every field that its schema knows: what it lacks is made. */
export function wholeValue(at: object, value: unknown): unknown {
  const schema = followed(at);
  if (Array.isArray(value) && schema.items) return wholeItems(schema, schema.items, value);
  return isRecord(value) ? wholeFields(schema, value) : value;
}

/** Of a list that is empty one item is made, or as many as it needs, each another one as far as there are others. */
function wholeItems({ minItems = 0, maxItems = 1 }: Schema, items: Schema, values: readonly unknown[]): unknown[] {
  if (values.length > 0) return values.map((one) => wholeValue(items, one));
  const first = made(items);
  if (first === undefined) return [];
  const others = [first, ...variationsOf(items, first).map(({ value }) => value)];
  return Array.from({ length: Math.max(minItems, Math.min(maxItems, 1)) }, (_, i) => others[i % others.length]);
}

function wholeFields(schema: Schema, value: Readonly<Record<string, unknown>>): object {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    value[name] === undefined ? made(field) : wholeValue(field, value[name]),
  ]);
  const others = schemaOfOthers(schema);
  const name = others && someText(schema.propertyNames ?? {});
  const chosen = others && name !== undefined && Object.keys(value).length === 0 ? [[name, made(others)]] : [];
  const known = [...fields, ...chosen].filter(([, one]) => one !== undefined);
  return { ...value, ...Object.fromEntries(known) };
}

/** Some value that a schema takes; undefined where none can be made. */
function made(at: object): unknown {
  const schema = followed(at);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (kindsOf(schema)[0]) {
    case 'string':
      return someText(schema);
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case 'array':
      return wholeItems(schema, schema.items ?? {}, []);
    case 'object':
      return wholeFields(schema, {});
    default:
      return undefined;
  }
}
