import { expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signed } from './sign.js';
import { newSecret } from './store.js';

const body = '{"id":"e1"}';

test('for a day after a change both secrets open a delivery, then the new one alone', () => {
  const [old, fresh] = [newSecret(), newSecret()];
  const now = Date.now();
  const secrets = [{ secret: fresh }, { secret: old, validUntil: now + 1000 }];
  const opens = (secret: string, at: number) => {
    try {
      return new Webhook(secret).verify(body, signed(secrets, 'e1', body, at)) !== undefined;
    } catch {
      return false;
    }
  };
  expect([opens(old, now), opens(fresh, now), opens(newSecret(), now)]).toEqual([true, true, false]);
  expect([opens(old, now + 2000), opens(fresh, now + 2000)]).toEqual([false, true]);
});
