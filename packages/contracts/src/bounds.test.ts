import { readFileSync } from 'node:fs';
import { NAME, VISIBLE } from '@gpect/domain-values/text';
import { describe, expect, test } from '@jest/globals';
import { textOf, withoutBounds } from '../scripts/bounds.mjs';
import { breakingChanges } from '../scripts/compatibility.mjs';
import { breakingApi } from '../scripts/compatibility-of-apis.mjs';
import { SERVICE_NAMES } from './api-documents.js';
import { EVENT_TYPES, examplesOf, faultsOf, faultsWhereMade, PARTNER_EVENT_TYPES } from './event-contracts.js';

type Schema = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Schema;
const within = (document: Schema, ref: string) =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, step) => (at as Schema)[step], document);

/** The places of a schema where a text has no bound, or may be blank though something is asked for. */
function unbounded(
  schema: unknown,
  follow: (ref: string) => unknown,
  at: string,
  seen: readonly unknown[] = [],
): string[] {
  if (Array.isArray(schema)) return schema.flatMap((one) => unbounded(one, follow, at, seen));
  if (!isObject(schema) || seen.includes(schema)) return [];
  const within = [...seen, schema];
  if (typeof schema['$ref'] === 'string') return unbounded(follow(schema['$ref']), follow, at, within);
  const types = [schema['type']].flat();
  const bound = ['maxLength', 'enum', 'const'].some((key) => key in schema);
  // A pattern or format bounds where nothing in it goes on for ever.
  const format =
    schema['format'] !== undefined || /^\^[^*+]*\$$/.test(String(schema['pattern'] ?? '').replace(/\\./g, '.'));
  const blank = schema['minLength'] === 1 && !('pattern' in schema);
  const open = types.includes('object') && isObject(schema['additionalProperties']) && !('propertyNames' in schema);
  const own = [
    ...(types.includes('string') && !bound && !format ? [`${at}: no length`] : []),
    ...(types.includes('string') && blank ? [`${at}: may be blank`] : []),
    ...(open ? [`${at}: names of any length`] : []),
  ];
  const inside = Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'examples' || key === 'example' || key === 'responses') return [];
    if (key === 'properties' || key === '$defs')
      return Object.entries(value as Schema).flatMap(([name, one]) => unbounded(one, follow, `${at}/${name}`, within));
    return unbounded(value, follow, at, within);
  });
  return [...own, ...inside];
}

describe('every text has a bound, and none that is asked for is blank', () => {
  const bundle = json('generated/events.json') as unknown as {
    common: Schema;
    events: { type: string; schema: Schema }[];
  };
  test.each(bundle.events.map(({ type, schema }) => [type, schema] as const))('in %s', (type, schema) => {
    const follow = (ref: string) => within(bundle.common, ref.slice(ref.indexOf('#')));
    expect(unbounded(schema, follow, type)).toEqual([]);
  });

  test.each(SERVICE_NAMES)('in what %s is sent over HTTP', (service) => {
    const document = json(`generated/openapi/${service}.json`);
    const operations = Object.entries(document['paths'] as Record<string, Record<string, Schema>>).flatMap(
      ([path, { parameters, ...methods }]): [string, Schema][] => [
        [path, { parameters }],
        ...Object.entries(methods).map(([method, one]) => [`${method} ${path}`, one] as [string, Schema]),
      ],
    );
    const found = operations.flatMap(([place, { parameters, requestBody }]) =>
      unbounded({ parameters, requestBody }, (ref) => within(document, ref), place),
    );
    expect(found).toEqual([]);
  });

  test('and the test sees one that has none', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'string' } }, b: { type: 'string', pattern: '^x+$' } },
    };
    expect(unbounded(schema, () => undefined, '')).toEqual(['/a: no length', '/b: no length']);
    expect(unbounded({ type: 'string', minLength: 1, maxLength: 5 }, () => undefined, 'x')).toEqual([
      'x: may be blank',
    ]);
  });
});

/** An example with one of its texts made another; each text that has a bound. */
function withText(example: unknown, schema: Schema, text: string): unknown[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  return properties.flatMap(([name, one]) =>
    one['maxLength'] !== undefined && [NAME, VISIBLE].includes(String(one['pattern']))
      ? [{ ...(example as object), [name]: text }]
      : [],
  );
}

describe('an event that was made before its bounds', () => {
  const long = 'x'.repeat(100_000);
  const { events } = json('generated/events.json') as unknown as { events: { type: string; schema: Schema }[] };
  test.each(EVENT_TYPES)('%s is read with texts of any length, and blank ones; none is made any more', (type) => {
    const schema = events.find((e) => e.type === type)?.schema ?? {};
    for (const text of [long, ' \u00a0', '\u2800', '\ufe0f'])
      for (const old of withText(examplesOf(type)[0], schema, text)) {
        expect(faultsOf(type, old)).toEqual([]);
        expect(faultsWhereMade(type, old)).toHaveLength(1);
      }
  });

  const named = EVENT_TYPES.flatMap((type) => {
    const { properties = {} } = (events.find((e) => e.type === type)?.schema ?? {}) as { properties?: object };
    const names = Object.entries(properties as Record<string, Schema>).filter(([, one]) => one['pattern'] === NAME);
    return names.map(([name]) => [type, name] as const);
  });
  test.each(named)('%s of before is read with a %s of two lines, and none is made', (type, name) => {
    const old = { ...(examplesOf(type)[0] as object), [name]: 'two\nlines' };
    expect(faultsOf(type, old)).toEqual([]);
    expect(faultsWhereMade(type, old)).toEqual([
      { pointer: `/${name}`, detail: expect.stringMatching(/^must be one line/) },
    ]);
  });

  test('every other rule of its contract still holds', () => {
    const [type] = PARTNER_EVENT_TYPES;
    if (!type) throw new Error('partners send events');
    expect(faultsOf(type, { ...(examplesOf(type)[0] as object), programme: 'NOT A CODE' })).not.toEqual([]);
  });
});

test.each(PARTNER_EVENT_TYPES)(
  '%s with a field that no contract has is refused at the endpoint, by its name',
  (type) => {
    const sent = { ...(examplesOf(type)[0] as object), 'unknown/field': 1 };
    expect(faultsWhereMade(type, sent)).toMatchObject([{ pointer: '/unknown~1field' }]);
  },
);

describe('the gates of compatibility', () => {
  const released = {
    type: 'object',
    properties: { name: { type: 'string', minLength: 1 }, code: { type: 'string', maxLength: 9 } },
  };
  const edited = (edit: (properties: Record<string, Schema>) => object) => ({
    ...released,
    properties: { ...released.properties, ...edit(released.properties) },
  });
  const bounded = edited(() => ({ name: { type: 'string', ...textOf('name') } }));
  const api = (schema: object) => ({
    s: { paths: { '/x': { post: { responses: {}, requestBody: { content: { j: { schema } } } } } } },
  });

  test('take a bound where there was none', () => {
    expect(breakingChanges(released, bounded)).toEqual([]);
    expect(breakingApi(api(released), api(bounded))).toEqual([]);
    expect(withoutBounds(bounded)).toEqual(withoutBounds(released));
  });

  test.each([
    ['a bound that is tightened', edited(() => ({ code: { type: 'string', maxLength: 8 } }))],
    ['another pattern', edited(() => ({ name: { type: 'string', minLength: 1, pattern: '^[a-z]+$' } }))],
  ])('do not take %s', (_what, next) => {
    expect(breakingChanges(released, next)).not.toEqual([]);
    expect(breakingApi(api(released), api(next))).not.toEqual([]);
  });

  test('do not take, for readers of events, a bound that is widened or gone', () => {
    expect(
      breakingChanges(
        released,
        edited(() => ({ code: { type: 'string', maxLength: 10 } })),
      ),
    ).not.toEqual([]);
    expect(
      breakingChanges(
        released,
        edited(() => ({ code: { type: 'string' } })),
      ),
    ).not.toEqual([]);
  });
});
