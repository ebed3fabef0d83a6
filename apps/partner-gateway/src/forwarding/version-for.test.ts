import { expect, test } from '@jest/globals';
import { versionFor } from './version-for.js';

const V1 = 'fr.gpect.enrolment.firm-contacted.v1';
const V2 = 'fr.gpect.enrolment.firm-contacted.v2';
const none = new Set<string>();

test.each([
  ['asked for nothing: the oldest, as before', undefined, none, V1],
  ['asked for the new one: that', [V2], none, V2],
  ['asked for the old one: that', [V1], none, V1],
  ['asked for both: the newest', [V1, V2], none, V2],
  ['asked for nothing, and the old one is over: the new one', undefined, new Set([V1]), V2],
  ['asked for the old one, and it is over: that, until it asks for the other', [V1], new Set([V1]), V1],
])('%s', (_what, receives, ended, expected) => {
  expect(versionFor(V2, receives ? { receives } : {}, ended)).toBe(expected);
});

test('an event of one version stays as it is', () => {
  const type = 'fr.gpect.enrolment.firm-enrolled.v1';
  expect(versionFor(type, {}, new Set([type]))).toBe(type);
});
