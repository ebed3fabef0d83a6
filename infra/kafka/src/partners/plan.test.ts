import { describe, expect, test } from '@jest/globals';
import { type Declaration, readDeclaration } from './declaration.js';
import { type Current, plan, rightsOf, sentence, topicsOfPartner } from './plan.js';

const YAML = `
partner: opca-a
name: OPCA A
kind: OPCA
acts: { funder: [opca-a] }
doors: [KAFKA]
sends: [spend-line-sent.v1]
programmes: [npdc-2007-2013]
`;
const read = readDeclaration('opca-a.yaml', YAML) as Declaration;
const NOTHING: Current = {
  users: new Set(),
  topics: new Set(),
  rights: new Map(),
  quotas: new Map(),
  declared: new Map(),
  secrets: new Set(),
};
const AGREED: Current = {
  users: new Set(['opca-a']),
  topics: new Set(topicsOfPartner('opca-a')),
  rights: new Map([['opca-a', rightsOf('opca-a')]]),
  quotas: new Map([['opca-a', read.quotas]]),
  declared: new Map([['opca-a', read.declared]]),
  secrets: new Set(['opca-a']),
};

test('a new partner gets topics, a user, its rights, quotas, and is declared', () => {
  expect(plan([read], NOTHING).map(sentence)).toEqual([
    '+ topic gpect.partner.opca-a.in',
    '+ topic gpect.partner.opca-a.out',
    '+ a new secret of opca-a, and its Kafka user',
    '+ opca-a may WRITE topic gpect.partner.opca-a.in',
    '+ opca-a may DESCRIBE topic gpect.partner.opca-a.in',
    '+ opca-a may READ topic gpect.partner.opca-a.out',
    '+ opca-a may DESCRIBE topic gpect.partner.opca-a.out',
    '+ opca-a may READ group gpect.partner.opca-a.*',
    '+ opca-a may DESCRIBE group gpect.partner.opca-a.*',
    '+ opca-a may WRITE transactional id gpect.partner.opca-a.*',
    '~ quotas of opca-a: producerBytesPerSecond 1048576, consumerBytesPerSecond 4194304, requestPercent 50',
    '~ opca-a takes part: KAFKA, sends 1 types',
  ]);
});

test('what agrees needs no step', () => {
  expect(plan([read], AGREED)).toEqual([]);
});

test('who is no longer declared loses everything but its topics', () => {
  const steps = plan([], AGREED);
  expect(steps.map((s) => s.kind)).toEqual([
    'withdraw',
    'delete-user',
    ...rightsOf('opca-a').map(() => 'forbid'),
    'set-quotas',
    'delete-secret',
  ]);
});

test('a right too many is taken away, a partner that leaves Kafka loses them all', () => {
  const right = { resource: 'TOPIC', name: 'gpect.enrolment.events', pattern: 'LITERAL', operation: 'READ' } as const;
  const wide = { ...AGREED, rights: new Map([['opca-a', [...rightsOf('opca-a'), right]]]) };
  expect(plan([read], wide).map(sentence)).toEqual(['- opca-a may READ topic gpect.enrolment.events']);
  const overHttp: Declaration = { ...read, declared: { ...read.declared, doors: ['HTTP'] } };
  const kinds = plan([overHttp], AGREED).map((s) => s.kind);
  expect([kinds.filter((kind) => kind === 'forbid').length, kinds.includes('delete-user')]).toEqual([
    rightsOf('opca-a').length,
    true,
  ]);
});

describe('a wrong declaration names each fault', () => {
  test.each([
    ['no YAML', 'partner: [', 'is not YAML'],
    ['nothing', '', 'says nothing'],
    ['a missing field', YAML.replace('name: OPCA A', ''), "must have required property 'name'"],
    ['an unknown field', `${YAML}secret: x\n`, '/secret is not known'],
    ['a quota of nothing', `${YAML}quotas: { requestPercent: 0 }\n`, '/quotas/requestPercent'],
    [
      'another file name',
      YAML.replace('partner: opca-a', 'partner: opca-b'),
      'the file of this partner is opca-b.yaml',
    ],
  ])('%s', (_what, text, fault) => {
    const wrong = readDeclaration('opca-a.yaml', text);
    expect('faults' in wrong ? wrong.faults.join('\n') : '').toContain(fault);
  });
});
