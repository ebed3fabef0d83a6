import { str } from 'envalid';
import { type AddressRules, allowed } from './webhook/addresses.js';
import type { WebhookRules } from './webhook/schedule.js';

/** What this service alone reads from its environment. */
export const GATEWAY_CONFIG = {
  WEBHOOK_NOTICE_AFTER: str({
    desc: 'Hours of failures after which a partner is told that its webhook fails',
    default: '24',
  }),
  WEBHOOK_DISABLE_AFTER: str({ desc: 'Hours of failures after which a webhook is disabled', default: '120' }),
  WEBHOOK_ALLOWED: str({
    desc: 'Hosts and networks (CIDR) on private networks that webhooks may be sent to, separated by commas',
    default: '',
    example: 'si.chambre.intra,10.12.0.0/16',
  }),
  WEBHOOK_PORTS: str({ desc: 'Ports that webhooks may be sent to, separated by commas', default: '443,8443' }),
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
}): WebhookRules {
  return {
    noticeAfterMs: hours('WEBHOOK_NOTICE_AFTER', config.WEBHOOK_NOTICE_AFTER),
    disableAfterMs: hours('WEBHOOK_DISABLE_AFTER', config.WEBHOOK_DISABLE_AFTER),
  };
}

/** @throws RangeError where an entry is none */
export function addressRules(config: {
  readonly DEVELOPMENT: boolean;
  readonly WEBHOOK_ALLOWED: string;
  readonly WEBHOOK_PORTS: string;
}): AddressRules {
  const ports = config.WEBHOOK_PORTS.split(',').map((port) => Number(port.trim() || Number.NaN));
  if (!ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536))
    throw new RangeError('WEBHOOK_PORTS: give port numbers, separated by commas');
  try {
    return { development: config.DEVELOPMENT, ports, ...allowed(config.WEBHOOK_ALLOWED) };
  } catch (error) {
    throw new RangeError(`WEBHOOK_ALLOWED: ${error instanceof Error ? error.message : ''}`);
  }
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
