import { isAway } from '@gpect/service-kit/faults/away';
import { expect, test } from '@jest/globals';
import { TryAgain } from './own-api.js';

test('a service that answered a partner’s event with 503 is no fault of the event: it is tried again', () => {
  expect(isAway(new TryAgain('503'))).toBe(true);
});
