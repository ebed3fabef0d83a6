import { str } from 'envalid';
import type { WebhookRules } from './webhook/schedule.js';

/** What this service alone reads from its environment. */
export const GATEWAY_CONFIG = {
  WEBHOOK_NOTICE_AFTER: str({
    desc: 'Hours of failures after which a partner is told that its webhook fails',
    default: '24',
  }),
  WEBHOOK_DISABLE_AFTER: str({ desc: 'Hours of failures after which a webhook is disabled', default: '120' }),
  WEBHOOK_INSECURE: str({
    desc: 'Lets webhooks be plain http, on a development stack',
    choices: ['true', 'false'],
    default: 'false',
  }),
  PARTNER_REQUESTS_PER_SECOND: str({
    desc: 'Requests a second that one partner may make, counted over 10 s; a batch of events is one',
    default: '100',
  }),
};

const HOUR_MS = 3_600_000;

/** @throws RangeError where hours are no numbers */
export function webhookRules(config: {
  readonly WEBHOOK_NOTICE_AFTER: string;
  readonly WEBHOOK_DISABLE_AFTER: string;
  readonly WEBHOOK_INSECURE: string;
}): WebhookRules {
  return {
    noticeAfterMs: hours('WEBHOOK_NOTICE_AFTER', config.WEBHOOK_NOTICE_AFTER),
    disableAfterMs: hours('WEBHOOK_DISABLE_AFTER', config.WEBHOOK_DISABLE_AFTER),
    insecure: config.WEBHOOK_INSECURE === 'true',
  };
}

function hours(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new RangeError(`${name} is "${text}": give a number of hours`);
  return value * HOUR_MS;
}

/** @throws RangeError where it is no number above 0 */
export function requestsPerSecond({
  PARTNER_REQUESTS_PER_SECOND: text,
}: {
  PARTNER_REQUESTS_PER_SECOND: string;
}): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`PARTNER_REQUESTS_PER_SECOND is "${text}": give a number above 0`);
  return value;
}
