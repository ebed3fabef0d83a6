import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../http/caller.js';
import { type LineAsks, refusalsOfLines } from './line-rights.js';
import { owned } from './ownership.js';
import { Rights } from './rights.js';

const document = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {
    '/things/{thing}': {
      get: { operationId: 'getThing', 'x-own': 'thing', security: [{ bearer: ['carrier', 'funder', 'state'] }] },
      post: { operationId: 'changeThing', 'x-own': 'both', security: [{ bearer: ['carrier', 'state'] }] },
    },
    '/others': { post: { operationId: 'openOther', security: [{ bearer: ['state'] }] } },
  },
};

const OWNERS = new Map([
  ['a', { carriers: ['cci'] }],
  ['b', { carriers: ['other'] }],
]);

function open() {
  const looked: unknown[] = [];
  const ownersOf = (thing: unknown) => {
    looked.push(thing);
    return OWNERS.get(String(thing));
  };
  const rights = new Rights(document, {
    thing: owned({ path: ['thing'] }, ({ thing }) => ownersOf(thing)),
    both: owned({ path: ['thing'], body: ['into'] }, ({ thing, into }) =>
      [ownersOf(thing), ownersOf(into)].flatMap((of) => of ?? []),
    ),
  });
  return { rights, looked };
}

const caller = (roles: string[], codes: Record<string, string[]> = {}): Caller => ({
  subject: 's',
  roles,
  codes,
  programmes: ['*'],
});
const CARRIER = caller(['carrier'], { carrier: ['cci'] });

const changing = (thing: string, into: string): LineAsks => [
  { operation: 'changeThing', column: 'thing', path: { thing }, body: { into } },
];

describe('of a thing', () => {
  test.each<[string, Caller, string, string | undefined]>([
    ['who owns it may', CARRIER, 'a', undefined],
    ['who owns another may not', CARRIER, 'b', 'not-yours'],
    ['who is not admitted may not', caller(['evaluator']), 'a', 'role-not-allowed'],
    ['a code of another role lends none', caller(['funder'], { carrier: ['cci'], funder: ['cci'] }), 'a', 'not-yours'],
    ['what is not known is refused by its route', CARRIER, 'c', undefined],
    ['the State may', caller(['state']), 'b', undefined],
  ])('%s', async (_what, who, thing, code) => {
    const { rights } = open();
    const operation = rights.operation('getThing');
    expect((await rights.refusal(who, operation, rights.asked(operation, { path: { thing } })))?.code).toBe(code);
  });
});

test('nothing is decided on but what the ownership names', () => {
  const { rights } = open();
  const said = { path: { thing: 'a', more: 'x' }, query: { thing: 'b' }, body: { thing: 'b' } };
  expect(rights.asked(rights.operation('getThing'), said)).toEqual({ thing: 'a' });
});

describe('lines of a file', () => {
  test('each is refused where it touches what is not its sender’s, in French, and the others go on', async () => {
    const { rights } = open();
    const lines = [changing('a', 'a'), changing('a', 'b'), changing('b', 'a'), changing('a', 'c')];
    expect(await refusalsOfLines(rights, CARRIER, lines)).toEqual([
      undefined,
      { column: 'thing', reason: 'not_yours', detail: expect.stringContaining('pas à vous (carrier cci)') },
      { column: 'thing', reason: 'not_yours', detail: expect.any(String) },
      undefined,
    ]);
  });

  test('one that stands for several operations needs all of them', async () => {
    const { rights } = open();
    const line: LineAsks = [...changing('a', 'a'), { operation: 'openOther', column: 'thing' }];
    expect(await refusalsOfLines(rights, CARRIER, [line])).toEqual([
      { column: 'thing', reason: 'role_not_allowed', detail: expect.stringContaining('rôle') },
    ]);
    expect(await refusalsOfLines(rights, caller(['state']), [line])).toEqual([undefined]);
  });

  test('many about the same thing are decided once', async () => {
    const { rights, looked } = open();
    await refusalsOfLines(
      rights,
      CARRIER,
      Array.from({ length: 500 }, () => changing('a', 'b')),
    );
    expect(looked).toEqual(['a', 'b']);
  });

  test('an operation that the contract has not is a fault of ours', async () => {
    const { rights } = open();
    await expect(refusalsOfLines(rights, CARRIER, [[{ operation: 'nothing', column: 'x' }]])).rejects.toThrow(
      'no operation "nothing"',
    );
  });
});
