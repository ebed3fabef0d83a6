import { expect, test } from '@jest/globals';
import { unreachable } from './unreachable.js';

test('a kind that the compiler did not know is an error that shows it', () => {
  expect(() => unreachable({ type: 'of-tomorrow' } as never)).toThrow('{"type":"of-tomorrow"}');
});
