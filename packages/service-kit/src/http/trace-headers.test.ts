import { expect, test } from '@jest/globals';
import { correlationFault, traceparentOf } from './trace-headers.js';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7';

test.each([
  [`00-${trace}-01`, `00-${trace}-01`],
  [`00-${trace}-00`, `00-${trace}-00`],
  [`cc-${trace}-01-what-comes-later`, `00-${trace}-01`],
  [`ff-${trace}-01`, undefined],
  [`00-${trace}-01-more`, undefined],
  [`00-${trace.toUpperCase()}-01`, undefined],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', undefined],
  [`00-${trace}`, undefined],
  ['x'.repeat(10_000), undefined],
  ['', undefined],
  [undefined, undefined],
])('a trace goes on, or a new one is begun: %j', (said, kept) => {
  expect(traceparentOf(said)).toBe(kept);
});

test('a correlation id is short, and of characters that are safe everywhere', () => {
  for (const id of [
    '3f2a',
    '0199c5a2-7e1b-7c3d-9b1e-2f3a4b5c6d7e',
    'Root=1-67891233:x',
    '%C3%A9t%C3%A9',
    'a'.repeat(200),
  ])
    expect([id, correlationFault(id)]).toEqual([id, undefined]);
  for (const id of ['', 'a b', 'a"b', 'a{b}', '<a>', 'a\\b', 'a;b', 'é', 'a'.repeat(201)])
    expect([id, correlationFault(id)?.detail]).toEqual([id, expect.any(String)]);
});
