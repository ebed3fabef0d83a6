import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { breakingBundle, breakingChanges } from '../scripts/compatibility.mjs';
import { releasesOf } from '../scripts/releases.mjs';
import { faultsOf } from './event-contracts.js';

const json = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as { events: { type: string; schema: { examples: unknown[] } }[] };
const releases = releasesOf('events');

test.each(releases)('the events of today break nothing that was released as %s', (_file, released) => {
  expect(breakingBundle(released, json('generated/events.json'))).toEqual([]);
});

test.each(releases)('every example released as %s is still accepted', (_file, { events }) => {
  for (const { type, schema } of events)
    for (const example of schema.examples ?? []) expect(faultsOf(type as never, example)).toEqual([]);
});

describe('each kind of change', () => {
  const released = {
    type: 'object',
    description: 'x',
    required: ['a'],
    properties: {
      a: { type: 'string', enum: ['X', 'Y'] },
      b: { type: 'array', items: { type: 'integer', minimum: 0 } },
    },
  };
  const change = (edit: (schema: typeof released) => void) => {
    const next = structuredClone(released);
    edit(next);
    return breakingChanges(released, next);
  };
  test.each([
    ['a new optional field', (s) => Object.assign(s.properties, { c: { type: 'string' } })],
    ['another description', (s) => Object.assign(s, { description: 'y' })],
    ['its French text', (s) => Object.assign(s.properties.a, { 'x-fr': 'un texte' })],
    ['its French title', (s) => Object.assign(s, { 'x-fr-title': 'Un titre' })],
    ['whom it is forwarded to', (s) => Object.assign(s, { 'x-audience': ['carrier'] })],
  ] as [string, (s: typeof released) => void][])('%s is safe', (_what, edit) => {
    expect(change(edit)).toEqual([]);
  });
  test.each([
    ['a field removed', (s) => Reflect.deleteProperty(s.properties, 'b')],
    ['a field made required', (s) => s.required.push('b')],
    [
      'a new required field',
      (s) => {
        Object.assign(s.properties, { c: {} });
        s.required.push('c');
      },
    ],
    ['a field no longer required', (s) => s.required.pop()],
    ['another type', (s) => Object.assign(s.properties.a, { type: 'integer' })],
    ['a value added to an enumeration', (s) => s.properties.a.enum.push('Z')],
    ['a value removed from an enumeration', (s) => s.properties.a.enum.pop()],
    ['a tighter bound deep inside', (s) => Object.assign(s.properties.b.items, { minimum: 1 })],
    ['a new pattern', (s) => Object.assign(s.properties.a, { pattern: '^X' })],
    ['closing the object', (s) => Object.assign(s, { additionalProperties: false })],
  ] as [string, (s: typeof released) => void][])('%s is breaking', (_what, edit) => {
    expect(change(edit)).not.toEqual([]);
  });
  test('an event that is gone, or on another topic, is breaking', () => {
    const event = { type: 't', topic: 'x', schema: released };
    expect(breakingBundle({ common: {}, events: [event] }, { common: {}, events: [] })).toEqual(['t is gone']);
    expect(
      breakingBundle({ common: {}, events: [event] }, { common: {}, events: [{ ...event, topic: 'y' }] }),
    ).toHaveLength(1);
  });
});
