import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { SERVICE_NAMES } from './api-documents.js';
import { BOUND_ROLES } from './bound-roles.js';
import {
  EVENT_TYPES,
  examplesOf,
  faultsOf,
  faultsWhereMade,
  PARTNER_EVENT_TYPES,
  partnerContractOf,
} from './event-contracts.js';

test('generated files are current', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], { encoding: 'utf8' });
  expect(`${stderr}${status}`).toBe('0');
});

describe('every event', () => {
  test.each(EVENT_TYPES)('%s has an example that its own schema accepts', (type) => {
    expect(examplesOf(type).length).toBeGreaterThan(0);
    for (const example of examplesOf(type))
      expect([faultsOf(type, example), faultsWhereMade(type, example)]).toEqual([[], []]);
  });

  test.each(EVENT_TYPES)('%s refuses an example without a required field, and names it', (type) => {
    const [[first = ''] = [], ...rest] = Object.entries(examplesOf(type)[0] as Record<string, unknown>);
    expect(faultsOf(type, Object.fromEntries(rest))).toEqual([
      { pointer: `/${first}`, detail: expect.stringContaining(first) },
    ]);
  });

  test.each(EVENT_TYPES)('%s can be read by an old reader when a field is added', (type) => {
    expect(faultsOf(type, { ...(examplesOf(type)[0] as object), addedLater: 1 })).toEqual([]);
  });
});

test('the AsyncAPI document is valid AsyncAPI 3', () => {
  const script = `
    import { Parser } from '@asyncapi/parser';
    import { readFileSync } from 'node:fs';
    const { document, diagnostics } = await new Parser().parse(readFileSync('generated/asyncapi.json', 'utf8'));
    console.log(JSON.stringify({ version: document?.version(), errors: diagnostics.filter((d) => d.severity === 0).map((d) => d.message) }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout || stderr).toBe('{"version":"3.0.0","errors":[]}\n');
});

test('every operation of every API names its roles, and whose the thing is where a role is bound to its own', () => {
  for (const name of SERVICE_NAMES) {
    const document = JSON.parse(readFileSync(`generated/openapi/${name}.json`, 'utf8')) as {
      paths: Record<
        string,
        Record<string, { operationId: string; 'x-own'?: string; security?: { bearer?: string[] }[] }>
      >;
    };
    const operations = Object.values(document.paths).flatMap(({ parameters: _, ...methods }) => Object.values(methods));
    for (const operation of operations) {
      // What whoever has a secret link may read says so.
      if (operation.security?.length === 0) {
        expect([operation.operationId, operation['x-own']]).toEqual([operation.operationId, 'link']);
        continue;
      }
      const roles = operation.security?.[0]?.bearer ?? [];
      expect([operation.operationId, roles.length]).not.toContain(0);
      // Whoever sees only what is theirs is bound by the operation, or it is said that it is for everyone.
      if (roles.some((role) => Object.hasOwn(BOUND_ROLES, role)))
        expect([operation.operationId, typeof operation['x-own']]).toEqual([operation.operationId, 'string']);
    }
  }
});

test('every operation of every API says which programmes it touches; one that names a programme is bound by that', () => {
  const words = ['own', 'overseen', 'all', 'listed', 'shared'];
  for (const name of SERVICE_NAMES) {
    const document = JSON.parse(readFileSync(`generated/openapi/${name}.json`, 'utf8')) as {
      paths: Record<string, Record<string, { operationId: string; 'x-own'?: string; 'x-programme'?: string[] }>>;
    };
    for (const [path, { parameters: _, ...methods }] of Object.entries(document.paths))
      for (const { operationId, 'x-own': own, 'x-programme': stated = [] } of Object.values(methods)) {
        expect([operationId, stated.length]).not.toContain(0);
        for (const one of stated)
          expect([one, words.includes(one) || /^(path|query|body)\/\w+$/.test(one)]).toContain(true);
        if (path.includes('{programme}')) expect([operationId, stated]).toEqual([operationId, ['path/programme']]);
        // The thing that tells its programmes is one that the service knows.
        if (stated.some((one) => one === 'own' || one === 'overseen'))
          expect([operationId, own]).toEqual([operationId, expect.stringMatching(/^(?!everyone$|link$)\w+$/)]);
      }
  }
});

test.each(PARTNER_EVENT_TYPES)('%s is owned by a service, sent by a role, and says its subject', (type) => {
  const contract = partnerContractOf(type);
  expect(['enrolment', 'consulting', 'workshops', 'training-spend', 'evaluation']).toContain(contract?.owner);
  for (const role of contract?.acts ?? []) expect([...Object.keys(BOUND_ROLES), 'evaluator']).toContain(role);
  expect(contract?.acts.length).toBeGreaterThan(0);
  expect(contract?.subjectOf(examplesOf(type)[0] as object) ?? '').not.toContain('undefined');
});
