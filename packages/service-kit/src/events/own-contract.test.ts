import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { describe, expect, test } from '@jest/globals';
import { problemOfError } from '../http/problem-of-error.js';
import { ContractBroken, requireContract } from './own-contract.js';

const TYPE = 'fr.gpect.enrolment.firm-enrolled.v1' as const;
const LONG = 'x'.repeat(201);

const check = (change: object, { before = null as unknown, isReaction = false } = {}) => {
  const data = { ...(examplesOf(TYPE)[0] as EventDataByType[typeof TYPE]), ...change };
  return () => requireContract({ type: TYPE, data }, before, isReaction);
};

test('an event that is as its contract says passes', () => {
  expect(check({})).not.toThrow();
});

test.each<[string, object]>([
  ['a pattern', { siret: '123' }],
  ['a format', { enrolledOn: '2008-02-30' }],
  ['a bound of a number', { headcount: -1 }],
  ['a value that is none of the list', { signatories: [{ name: 'A', for: 'NOBODY' }] }],
  ['a field that is missing', { name: undefined }],
])('an event that breaks %s is refused, whatever led to it', (_what, change) => {
  for (const isReaction of [false, true]) expect(check(change, { before: change, isReaction })).toThrow(ContractBroken);
});

describe('a bound of a text', () => {
  test('holds for a text that is new', () => {
    expect(check({ name: LONG })).toThrow(`${TYPE} breaks its own contract: /name `);
    expect(check({ name: LONG }, { before: { name: `${LONG}y` } })).toThrow(ContractBroken);
  });
  test('does not hold for a text that stood in the state, which may be older', () => {
    expect(check({ name: LONG }, { before: { firms: [{ called: LONG }] } })).not.toThrow();
  });
  test('does not hold for a text that came with the event that this one follows from', () => {
    expect(check({ name: LONG }, { isReaction: true })).not.toThrow();
  });
});

test('whoever sent the command is told of a fault of ours, and of nothing else', () => {
  const fault = new ContractBroken({ type: TYPE, data: {} as never }, [{ pointer: '/siret', detail: 'is wrong' }]);
  expect(problemOfError(fault, {} as never)).toMatchObject({ status: 500, code: 'internal' });
});
