import { ConfigurationFault } from '@gpect/service-kit/config/environment';
import { numberFrom } from '@gpect/service-kit/config/validators';
import { makeExactValidator, makeValidator } from 'envalid';
import { type AddressRules, allowed } from './webhook/addresses.js';
import type { WebhookRules } from './webhook/schedule.js';

const hours = numberFrom(0);

const portList = makeExactValidator<number[]>((text) => {
  const ports = text.split(',').map((port) => Number(port.trim() || Number.NaN));
  if (ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536)) return ports;
  throw new ConfigurationFault('is no list of port numbers, separated by commas');
});

const allowedHosts = makeValidator<string>((text) => {
  try {
    allowed(text);
    return text;
  } catch {
    throw new ConfigurationFault('is no list of hosts and networks (CIDR), separated by commas');
  }
});

/** What this service alone reads from its environment. */
export const GATEWAY_CONFIG = {
  WEBHOOK_NOTICE_AFTER: hours({
    desc: 'Hours of failures after which a partner is told that its webhook fails',
    default: 24,
  }),
  WEBHOOK_DISABLE_AFTER: hours({ desc: 'Hours of failures after which a webhook is disabled', default: 120 }),
  WEBHOOK_ANSWER_WITHIN: numberFrom(0.1)({
    desc: "Seconds in which a webhook's answer is waited for",
    default: 15,
  }),
  WEBHOOK_ALLOWED: allowedHosts({
    desc: 'Hosts and networks (CIDR) on private networks that webhooks may be sent to, separated by commas',
    default: '',
    example: 'si.chambre.intra,10.12.0.0/16',
  }),
  WEBHOOK_PORTS: portList({
    desc: 'Ports that webhooks may be sent to, separated by commas',
    default: [443, 8443],
  }),
  PARTNER_REQUESTS_PER_SECOND: numberFrom(0.1)({
    desc: 'Requests a second that one partner may make, counted over 10 s; a batch of events is one',
    default: 100,
  }),
};

const HOUR_MS = 3_600_000;

export function webhookRules(config: {
  readonly WEBHOOK_NOTICE_AFTER: number;
  readonly WEBHOOK_DISABLE_AFTER: number;
  readonly WEBHOOK_ANSWER_WITHIN: number;
}): WebhookRules {
  return {
    answerMs: config.WEBHOOK_ANSWER_WITHIN * 1000,
    noticeAfterMs: config.WEBHOOK_NOTICE_AFTER * HOUR_MS,
    disableAfterMs: config.WEBHOOK_DISABLE_AFTER * HOUR_MS,
  };
}

export function addressRules(config: {
  readonly DEVELOPMENT: boolean;
  readonly WEBHOOK_ALLOWED: string;
  readonly WEBHOOK_PORTS: readonly number[];
}): AddressRules {
  return { development: config.DEVELOPMENT, ports: config.WEBHOOK_PORTS, ...allowed(config.WEBHOOK_ALLOWED) };
}
