import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { fingerprintsOf } from './idempotency.js';

const request = (body: object, path = '/firms') => ({ method: 'POST', path, body });

test('a command is known again by what it says, not by the order in which it is written', () => {
  const [now] = fingerprintsOf(request({ siret: '1', naf: { code: 'a', label: 'b' } }));
  expect(fingerprintsOf(request({ naf: { label: 'b', code: 'a' }, siret: '1' }))[0]).toBe(now);
  expect(fingerprintsOf(request({ siret: '2' }))).not.toContain(now);
  expect(fingerprintsOf(request({ siret: '1', naf: { code: 'a', label: 'b' } }, '/other'))).not.toContain(now);
});

test('a command that a release before answered is known again', () => {
  const kept = createHash('sha256').update('POST /firms\n{"siret":"1","naf":"a"}').digest('hex');
  expect(fingerprintsOf(request({ siret: '1', naf: 'a' }))).toContain(kept);
});
