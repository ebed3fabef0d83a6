import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../http/caller.js';
import { type LineAsks, refusalsOfLines } from './line-rights.js';
import { owned } from './ownership.js';
import { covers, overlap, subjectsOf } from './programmes.js';
import { Rights } from './rights.js';

const document = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {
    '/things/{thing}': {
      get: {
        operationId: 'getThing',
        'x-own': 'thing',
        'x-programme': ['shared'],
        security: [{ bearer: ['carrier', 'funder', 'state'] }],
      },
      post: {
        operationId: 'changeThing',
        'x-own': 'both',
        'x-programme': ['shared'],
        security: [{ bearer: ['carrier', 'state'] }],
      },
    },
    '/others': {
      post: {
        operationId: 'openOther',
        'x-programme': ['body/programme'],
        security: [{ bearer: ['carrier', 'state'] }],
      },
    },
    '/silent': { post: { operationId: 'silent', security: [{ bearer: ['state'] }] } },
    '/words': Object.fromEntries(
      ['own', 'overseen', 'all', 'listed', 'shared'].map((word) => [
        word,
        { operationId: word, 'x-own': 'thing', 'x-programme': [word], security: [{ bearer: ['carrier', 'state'] }] },
      ]),
    ),
  },
};

const OWNERS = new Map([
  ['a', { carriers: ['cci'], programmes: ['npdc-2007', 'npdc-2014'] }],
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

describe('of a programme', () => {
  const code = async (operationId: string, who: Caller, said: object) => {
    const { rights } = open();
    const operation = rights.operation(operationId);
    return (await rights.refusal(who, operation, rights.asked(operation, said)))?.code;
  };

  test.each<[string, string[], string, string | undefined]>([
    ['its code', ['npdc-2007'], 'npdc-2007', undefined],
    ['a beginning', ['npdc-*'], 'npdc-2007', undefined],
    ['all', ['*'], 'npdc-2007', undefined],
    ['another', ['npdc-2014', 'bretagne-*'], 'npdc-2007', 'programme-not-yours'],
    ['the beginning of its code alone', ['npdc'], 'npdc-2007', 'programme-not-yours'],
    ['capitals', ['NPDC-*'], 'npdc-2007', 'programme-not-yours'],
    ['none', [], 'npdc-2007', 'programmes-missing'],
  ])('a token for %s', async (_what, programmes, programme, expected) => {
    for (const roles of [['state'], ['carrier']])
      expect(await code('openOther', { ...caller(roles), programmes }, { body: { programme } })).toBe(expected);
  });

  test.each<[string, Caller, Record<string, string | undefined>]>([
    [
      'the State of one of two',
      { ...caller(['state']), programmes: ['npdc-2007'] },
      { own: 'programme-not-yours', overseen: 'programme-not-yours', all: 'programme-not-yours' },
    ],
    ['the State of both', { ...caller(['state']), programmes: ['npdc-*'] }, { all: 'programme-not-yours' }],
    ['the State of all', caller(['state']), {}],
    [
      'the State of none',
      { ...caller(['state']), programmes: [] },
      {
        own: 'programmes-missing',
        overseen: 'programmes-missing',
        all: 'programmes-missing',
        listed: 'programmes-missing',
      },
    ],
    ['whose it is, of one of two', { ...CARRIER, programmes: ['npdc-2007'] }, { own: 'programme-not-yours' }],
    [
      'whose it is, of none',
      { ...CARRIER, programmes: [] },
      { own: 'programmes-missing', listed: 'programmes-missing' },
    ],
  ])('that the thing tells: %s', async (_what, who, expected) => {
    const words = ['own', 'overseen', 'all', 'listed', 'shared'];
    const got = await Promise.all(words.map(async (word) => [word, await code(word, who, { path: { thing: 'a' } })]));
    expect(Object.fromEntries(got.filter(([, problem]) => problem !== undefined))).toEqual(expected);
  });

  test('an operation that says nothing of programmes is for who has all of them', async () => {
    expect(await code('silent', { ...caller(['state']), programmes: ['npdc-*'] }, {})).toBe('programme-not-yours');
    expect(await code('silent', caller(['state']), {})).toBeUndefined();
  });

  test.each<[string[], string[], string[]]>([
    [['npdc-2007'], ['npdc-2007', 'npdc-2007/a'], ['npdc-20071/a', 'npdc-2007-2013/a', 'x/npdc-2007', '']],
    [
      ['npdc-*', 'b.e'],
      ['npdc-2007/a', 'npdc-', 'b.e/a'],
      ['npdc', 'bretagne/a', 'bbe/a'],
    ],
    [[], [], ['', 'npdc-2007/a']],
  ])('subjects of %j', (patterns, theirs, others) => {
    for (const subject of theirs) expect([subject, subjectsOf(patterns)?.test(subject)]).toEqual([subject, true]);
    for (const subject of others) expect([subject, subjectsOf(patterns)?.test(subject)]).toEqual([subject, false]);
    expect(subjectsOf([...patterns, '*'])).toBeUndefined();
  });

  test.each<[string[], string[], boolean, boolean]>([
    [['npdc-*'], ['npdc-2007'], true, true],
    [['npdc-2007'], ['npdc-*'], false, true],
    [['npdc-2007'], ['*'], false, true],
    [['*'], ['*'], true, true],
    [['npdc-*'], ['npdc-2007-*'], true, true],
    [['npdc-*'], ['bretagne'], false, false],
    [[], ['*'], false, false],
  ])('%j beside %j', (patterns, others, covered, both) => {
    expect([others.every((other) => covers(patterns, other)), overlap(patterns, others)]).toEqual([covered, both]);
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
      expect.objectContaining({
        column: 'thing',
        reason: 'not_yours',
        detail: expect.stringContaining('pas à vous (carrier cci)'),
      }),
      expect.objectContaining({ column: 'thing', reason: 'not_yours', detail: expect.any(String) }),
      undefined,
    ]);
  });

  test('one that stands for several operations needs all of them', async () => {
    const { rights } = open();
    const line: LineAsks = [...changing('a', 'a'), { operation: 'silent', column: 'thing' }];
    expect(await refusalsOfLines(rights, CARRIER, [line])).toEqual([
      expect.objectContaining({ column: 'thing', reason: 'role_not_allowed', detail: expect.stringContaining('rôle') }),
    ]);
    expect(await refusalsOfLines(rights, caller(['state']), [line])).toEqual([undefined]);
  });

  test('one of another programme is refused', async () => {
    const { rights } = open();
    const line = (programme: string): LineAsks => [{ operation: 'openOther', column: 'thing', body: { programme } }];
    const here = { ...CARRIER, programmes: ['npdc-*'] };
    expect(await refusalsOfLines(rights, here, [line('npdc-2007'), line('bretagne')])).toEqual([
      undefined,
      expect.objectContaining({
        column: 'thing',
        reason: 'programme_not_yours',
        detail: expect.stringContaining('programme'),
      }),
    ]);
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
