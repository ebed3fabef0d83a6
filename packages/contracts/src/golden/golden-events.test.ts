import { describe, expect, test } from '@jest/globals';
import { EVENT_TYPES, faultsOf, faultsWhereMade, schemaOf } from '../event-contracts.js';
import { goldenEvents } from './golden-events.js';
import { followed, isRecord, type Schema, schemaOfOthers } from './schema.js';
import { variationsOf } from './variations.js';
import { wholeValue } from './whole-value.js';

describe('golden events', () => {
  test.each(EVENT_TYPES)('of %s are of its contract, each another one, the same ones each time', (type) => {
    const events = goldenEvents(type);
    const faults = events.flatMap(({ of, differs, data }) =>
      [...faultsOf(type, data), ...faultsWhereMade(type, data)].map((fault) => ({ of, differs, ...fault })),
    );
    expect(faults).toEqual([]);
    for (const base of new Set(events.map(({ of }) => of))) {
      const texts = events.filter(({ of }) => of === base).map(({ data }) => JSON.stringify(data));
      expect(new Set(texts).size).toBe(texts.length);
    }
    expect(JSON.stringify(goldenEvents(type))).toBe(JSON.stringify(events));
  });

  test.each(EVENT_TYPES)(
    'of %s say each field that the contract knows, and are without each that may be left out',
    (type) => {
      const schema = followed(schemaOf(type));
      const events = goldenEvents(type);
      const said = (pointer: string) => events.filter(({ data }) => valueAt(data, pointer) !== undefined).length;
      for (const { pointer, isOptional } of fieldsOf(schema)) {
        expect([pointer, said(pointer)]).not.toEqual([pointer, 0]);
        if (isOptional) expect([pointer, said(pointer)]).not.toEqual([pointer, events.length]);
      }
    },
  );
});

/** Fields outside of lists. */
function fieldsOf(schema: Schema, pointer = '', isWithin = false): { pointer: string; isOptional: boolean }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const isOptional = isWithin || !schema.required?.includes(name);
    return [
      { pointer: `${pointer}/${name}`, isOptional },
      ...fieldsOf(followed(one), `${pointer}/${name}`, isOptional),
    ];
  });
}

function valueAt(data: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split('/')
    .reduce((at: unknown, name) => (isRecord(at) ? at[name] : undefined), data);
}

describe('what differs in one place', () => {
  const others = (schema: Schema, value: unknown) => variationsOf(schema, value).map((one) => one.value);

  test('is every other value of an enumeration, in lists and objects too', () => {
    const themes: Schema = { enum: ['a', 'b', 'c'] };
    const schema: Schema = {
      type: 'object',
      required: ['of', 'list'],
      properties: {
        of: { type: 'object', required: ['theme'], properties: { theme: themes } },
        list: { type: 'array', items: themes, minItems: 1, uniqueItems: true },
      },
    };
    const varied = variationsOf(schema, { of: { theme: 'b' }, list: ['a', 'c'] });
    expect(varied.map(({ differs }) => differs)).toEqual([
      '/of/theme = "a"',
      '/of/theme = "c"',
      '/list = ["a"]',
      '/list/0 = "b"',
      '/list/1 = "b"',
    ]);
    expect(varied[3]?.value).toEqual({ of: { theme: 'b' }, list: ['b', 'c'] });
  });

  test('is every number of a small range; of a large one its ends, the neighbours and round numbers', () => {
    expect(others({ type: 'integer', minimum: 1, maximum: 5 }, 4)).toEqual([1, 2, 3, 5]);
    const large = others({ type: 'integer', minimum: 0, maximum: 1234 }, 37);
    expect(large).toEqual(expect.arrayContaining([0, 1, 36, 38, 9, 10, 11, 49, 50, 51, 249, 250, 251, 1233, 1234]));
    expect(large).not.toContain(37);
    expect(others({ type: 'integer' }, 250)).toEqual(expect.arrayContaining([-250, -1, 0, 5001, 10_000, 1_000_000]));
    expect(others({ type: 'number', exclusiveMinimum: 0 }, 1)).not.toContain(0);
  });

  test('is both of a boolean, and null where it is allowed', () => {
    expect(others({ type: 'boolean' }, true)).toEqual([false]);
    expect(others({ type: ['boolean', 'null'] }, true)).toEqual([null, false]);
    expect(others({ type: ['boolean', 'null'] }, null)).toEqual([]);
  });

  test('is a list of none, of one and of two', () => {
    const list: Schema = { type: 'array', items: { type: 'boolean' } };
    expect(others(list, [true])).toEqual(expect.arrayContaining([[], [true, false], [true, true], [false]]));
    expect(others({ ...list, minItems: 1, maxItems: 1 }, [true])).toEqual([[false]]);
  });

  test('is a date in other years, and at the ends of its own', () => {
    const dates = others({ type: 'string', format: 'date' }, '2012-02-29');
    expect(dates).toEqual(expect.arrayContaining(['2011-02-28', '2013-02-28', '2012-01-01', '2012-12-31']));
    const months = others({ type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }, '2012-02');
    expect(months).toEqual(expect.arrayContaining(['2011-02', '2012-12']));
  });

  test('is a short code with every other beginning', () => {
    const naf = others({ type: 'string', pattern: '^[0-9]{2}\\.[0-9]{2}[A-Z]$' }, '25.62B');
    expect(naf).toEqual(expect.arrayContaining(['01.62B', '99.62B']));
  });

  test('is what may be left out, one at a time, and entries under names of the sender', () => {
    const schema: Schema = {
      type: 'object',
      required: ['a'],
      minProperties: 2,
      properties: { a: { const: 1 }, b: { const: 2 } },
      additionalProperties: { type: 'boolean' },
    };
    expect(others(schema, { a: 1, b: 2, c: true })).toEqual([
      { a: 1, c: true },
      { a: 1, b: 2 },
      { a: 1, b: 2, c: false },
    ]);
    expect(others(schema, { a: 1, b: 2 })).toEqual([]);
    expect(schemaOfOthers(schema)).toEqual({ type: 'boolean' });
  });
});

test('a whole value has every field, deep down, and keeps what it has', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      on: { type: 'string', format: 'date' },
      of: { type: 'object', properties: { is: { type: 'boolean' }, list: { type: 'array', items: { enum: ['a'] } } } },
    },
  };
  expect(wholeValue(schema, { on: '2001-01-01' })).toEqual({ on: '2001-01-01', of: { is: true, list: ['a'] } });
});
