import { describe, expect, test } from '@jest/globals';
import { everyOperation, operationAt } from './allowed.js';

const allowed = everyOperation();
const at = (method: string, service: string, path: string) => operationAt(allowed, { service, method, path })?.template;

describe('what the pages may ask a service for', () => {
  test.each([
    ['GET', 'reporting', '/bilan', '/bilan'],
    ['GET', 'reporting', '/bilan/figures/enrolled', '/bilan/figures/{indicator}'],
    [
      'POST',
      'enrolment',
      '/firms/npdc-2007-2013/00001002500013/qualification',
      '/firms/{programme}/{siret}/qualification',
    ],
    ['GET', 'enrolment', '/firms/npdc-2007-2013/%C3%A9', '/firms/{programme}/{siret}'],
  ])('%s %s%s', (method, service, path, template) => {
    expect(at(method, service, path)).toBe(template);
  });
  test.each([
    ['DELETE', 'reporting', '/bilan'],
    ['GET', 'enrolment', '/bilan'],
    ['GET', 'reporting', '/metrics'],
    ['GET', 'reporting', '/openapi.json'],
    ['GET', 'reporting', '/health/ready'],
    ['GET', 'reporting', '/bilan/'],
    ['GET', 'reporting', '//elsewhere.example/bilan'],
    ['GET', 'reporting', '/bilan/figures/..'],
    ['GET', 'reporting', '/bilan/figures/%2e%2e'],
    ['GET', 'enrolment', '/firms/../firms'],
    ['GET', 'constructor', '/bilan'],
    ['GET', '', '/bilan'],
  ])('nothing else: %s %s%s', (method, service, path) => {
    expect(at(method, service, path)).toBeUndefined();
  });
  test('headers are those of the contract', () => {
    const one = operationAt(allowed, { service: 'enrolment', method: 'POST', path: '/firms' });
    expect(one?.headers).toContain('idempotency-key');
    expect(allowed.flatMap(({ headers }) => headers)).not.toContain('authorization');
  });
});
