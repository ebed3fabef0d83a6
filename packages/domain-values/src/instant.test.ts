import { expect, test } from '@jest/globals';
import { readInstant } from './instant.js';

test.each([
  '2026-11-24T08:00:00Z',
  '2026-11-24t08:00:00.123456789z',
  '2026-11-24 08:00:00+01:00',
  '2024-02-29T23:59:59-23:59',
  '2000-02-29T00:00:00Z',
])('%s is an instant', (text) => {
  expect(readInstant(text)).toBe(Date.parse(text.replace(' ', 'T')));
});

test.each([
  '2026-02-30T08:00:00Z',
  '2026-02-29T08:00:00Z',
  '1900-02-29T08:00:00Z',
  '2026-04-31T08:00:00Z',
  '2026-13-01T08:00:00Z',
  '2026-00-10T08:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-11-24T24:00:00Z',
  '2026-11-24T08:60:00Z',
  '2026-11-24T08:00:60Z',
  '2026-11-24T08:00:00+24:00',
  '2026-11-24T08:00:00',
  '2026-11-24',
  '2026-11-24T08:00:00.Z',
  'hier',
])('%s is none', (text) => {
  expect(readInstant(text)).toBeUndefined();
});
