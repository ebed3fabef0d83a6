import { expect, test } from '@jest/globals';
import { transactionsHealth } from './open-transactions.js';

const open = (topic: string, seconds: number) => ({ topic, partition: 0, offset: 12, seconds });

test("a partner's open transaction is named with its age, and only after a minute is somebody to look; those of others are not ours", () => {
  expect(transactionsHealth([])).toMatchObject({ state: 'ok' });
  expect(transactionsHealth([open('gpect.partner.cci-artois.in', 20)])).toEqual({
    state: 'ok',
    detail: 'transactions are open of cci-artois for 20 s (from offset 12 on)',
  });
  expect(transactionsHealth([open('gpect.partner.cci-artois.in', 75), open('gpect.partner.opca-a.in', 3)])).toEqual({
    state: 'degraded',
    detail: expect.stringMatching(/cci-artois for 75 s .*opca-a for 3 s .*commit or abort/),
  });
  expect(transactionsHealth([open('gpect.enrolment.events', 500)])).toMatchObject({ state: 'ok' });
});
