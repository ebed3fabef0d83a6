import { partnerEvents } from '@gpect/partner-events/partner-events';
import { allRoutes } from '@gpect/service-kit/http/dispatch';
import type { ServiceDefinition } from '@gpect/service-kit/service/definition';
import { Router } from 'express';
import { announceShipped } from './deprecation/announced.js';
import { deprecation } from './deprecation/deprecation.js';
import { deprecationRoutes } from './deprecation/routes.js';
import { FACT_COLLECTIONS } from './forwarding/facts.js';
import { forwardEvents } from './forwarding/forward.js';
import { indexTold, TOLD } from './forwarding/in-order.js';
import { Keeper } from './keeping/keeper.js';
import { indexKept, KEPT_EVENTS } from './keeping/kept-events.js';
import { KEPT_LOGS } from './keeping/kept-log.js';
import { limitPartners } from './limits/limit-partners.js';
import { partnerOwnership } from './partner/owners.js';
import { partner } from './partner/partner.js';
import { partnerRoutes } from './partner/routes.js';
import { missingTopics, partnerTopicsHealth } from './partner/topics.js';
import { pollRoutes } from './polling/routes.js';
import { Entrance } from './receiving/entrance.js';
import { oldestOpenTransaction, transactionsHealth } from './receiving/open-transactions.js';
import { receivingRoutes } from './receiving/routes.js';
import type { AddressRules } from './webhook/addresses.js';
import { Deliveries } from './webhook/deliveries.js';
import { idleOf, webhooksHealth } from './webhook/idle.js';
import { webhookRoutes } from './webhook/routes.js';
import type { WebhookRules } from './webhook/schedule.js';
import { idleWebhooks, indexWebhooks, WEBHOOKS } from './webhook/store.js';
import { oldestWaitingOfAll } from './webhook/waiting.js';

interface Parts {
  readonly keeper: Keeper;
  readonly entrance: Entrance;
  readonly deliveries: Deliveries;
}

/** The partners' systems, and the commands for those without a Kafka client. */
export function partnerGateway(
  rules: WebhookRules,
  addresses: AddressRules,
  requestsPerSecond: number,
): ServiceDefinition<'partner-gateway', Parts> {
  return {
    name: 'partner-gateway',
    aggregates: [partner.collection, deprecation.collection],
    collections: [...FACT_COLLECTIONS, KEPT_EVENTS, KEPT_LOGS, TOLD, WEBHOOKS],
    extensions: [partnerEvents({ answersTheRest: true })],
    parts: (context) => {
      const keeper = new Keeper(context);
      return {
        keeper,
        entrance: new Entrance(context.bus.publisher()),
        deliveries: new Deliveries(context, keeper, rules, addresses),
      };
    },
    before: () => Router().use('/partners/:partner', limitPartners(requestsPerSecond)),
    routes: (context, { keeper, entrance, deliveries }) =>
      allRoutes(
        partnerRoutes(context),
        deprecationRoutes(context),
        receivingRoutes(context, entrance),
        pollRoutes(context, keeper),
        webhookRoutes(context, deliveries, rules, addresses),
      ),
    ownership: partnerOwnership,
    events: forwardEvents,
    indexes: async (connection) => {
      await indexKept(connection);
      await indexTold(connection);
      await indexWebhooks(connection);
    },
    gauges: [
      {
        name: 'gpect_webhook_oldest_waiting_seconds',
        help: 'Age of the oldest event that a webhook was not given yet',
        read: ({ connection }) => oldestWaitingOfAll(connection),
      },
      {
        name: 'gpect_webhooks_disabled',
        help: 'Webhooks that are delivered to no more; GET /health/ready names them',
        read: async ({ connection }) => idleOf(await idleWebhooks(connection)).disabled.length,
      },
      {
        name: 'gpect_webhooks_refusing',
        help: 'Webhooks whose receiver has taken no event since it refused one; GET /health/ready names them',
        read: async ({ connection }) => idleOf(await idleWebhooks(connection)).refusing.length,
      },
      {
        name: 'gpect_partner_topics_missing',
        help: 'Topics that partners should have and do not; GET /health/ready names them',
        read: async ({ connection, bus }) => (await missingTopics(connection, bus)).length,
      },
      {
        name: 'gpect_partner_open_transaction_seconds',
        help: 'Age of the oldest transaction that a partner left open on its topic; GET /health/ready names the partner',
        read: async () => oldestOpenTransaction(),
      },
    ],
    background: ({ runner, health, connection, bus }, { keeper, entrance, deliveries }) => ({
      start: async () => {
        health.report('partner-transactions', () => transactionsHealth());
        health.measure('partner-topics', () => missingTopics(connection, bus), partnerTopicsHealth);
        health.measure('webhooks', () => idleWebhooks(connection), webhooksHealth);
        await announceShipped(runner);
        await keeper.start();
        deliveries.start();
      },
      stop: async () => {
        await deliveries.stop();
        await keeper.stop();
        await entrance.close();
      },
    }),
  };
}
