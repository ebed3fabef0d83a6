import { expect, test } from '@jest/globals';
import { impactOf, readersOfDocument } from './impact.js';

const WATCHED = ['enrolment', 'reporting'] as const;

test('an edit in an app restarts that app, and no other', () => {
  expect(impactOf(['apps/enrolment/src/firm-case/routes.ts'], WATCHED)).toEqual({
    sources: ['apps/enrolment/src/firm-case/routes.ts'],
    contracts: false,
    services: ['enrolment'],
  });
});

test('data of an app restarts it, and compiles nothing', () => {
  expect(impactOf(['apps/reporting/words/fr.json'], WATCHED)).toEqual({
    sources: [],
    contracts: false,
    services: ['reporting'],
  });
});

test('an edit in the kit restarts every watched service', () => {
  expect(impactOf(['packages/service-kit/src/http/app.ts'], WATCHED).services).toEqual(WATCHED);
});

test('a service that is not watched, tests and generated types restart nothing', () => {
  const files = [
    'apps/workshops/src/service.ts',
    'apps/enrolment/src/firm-case/firm-case.test.ts',
    'packages/contracts/src/generated/events.ts',
  ];
  expect(impactOf(files, WATCHED)).toEqual({ sources: [], contracts: false, services: [] });
});

test('a contract restarts who reads the documents that came out otherwise', () => {
  expect(impactOf(['packages/contracts/openapi/enrolment.yaml'], WATCHED)).toEqual({
    sources: [],
    contracts: true,
    services: [],
  });
  expect(readersOfDocument('generated/openapi/enrolment.json', WATCHED)).toEqual(['enrolment']);
  expect(readersOfDocument('generated/events.json', WATCHED)).toEqual(WATCHED);
  expect(readersOfDocument('generated/asyncapi.json', WATCHED)).toEqual([]);
});
