import type { EventDataByType } from '@gpect/contracts/generated/events';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import { toMessage } from '@gpect/service-kit/events/cloudevents';
import { inTransaction } from '@gpect/service-kit/mongo/transaction';
import { Lease } from '@gpect/service-kit/outbox/lease';
import { appendToOutbox, toEntries } from '@gpect/service-kit/outbox/outbox';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { v7 as uuidv7 } from 'uuid';
import type { Keeper } from '../keeping/keeper.js';
import { keptFrom } from '../keeping/kept-events.js';
import { afterFailure, WELL, type WebhookRules } from './schedule.js';
import { signed } from './sign.js';
import { advanceWebhook, findWebhook, partnersWithWebhook, type WebhookDocument } from './store.js';

const TIMEOUT_MS = 15_000;
/** How often webhooks that came or were enabled on another replica are looked for. */
const ROUND_MS = 1000;
const BATCH = 50;

/** Delivers to each webhook in the order of its topic, one at a time, however many replicas there are. */
export class Deliveries {
  #stopped = false;
  #running: Promise<void> | undefined;
  readonly #lines = new Map<string, Promise<void>>();
  readonly #asleep = new Map<string, () => void>();

  constructor(
    private readonly context: ServiceContext,
    private readonly keeper: Keeper,
    private readonly rules: WebhookRules,
  ) {}

  start(): void {
    this.#running = this.#rounds();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#asleep.values()) wake();
    await this.#running;
    await Promise.all(this.#lines.values());
  }

  /** A webhook was changed: what waits for its next attempt looks again. */
  wake(partner: string): void {
    this.#asleep.get(partner)?.();
  }

  async #rounds(): Promise<void> {
    while (!this.#stopped) {
      try {
        for (const partner of await partnersWithWebhook(this.context.connection)) {
          if (this.#lines.has(partner)) continue;
          const line = this.#deliver(partner)
            .catch((error: unknown) =>
              this.context.logger.warn({ err: error, partner }, 'deliveries stopped; they begin again'),
            )
            .finally(() => this.#lines.delete(partner));
          this.#lines.set(partner, line);
        }
      } catch (error) {
        this.context.logger.warn({ err: error }, 'webhooks cannot be read now');
      }
      await this.#sleep('', ROUND_MS);
    }
  }

  async #deliver(partner: string): Promise<void> {
    const { connection } = this.context;
    const lease = new Lease(connection, `webhook-${partner}`, 2 * TIMEOUT_MS);
    if (!(await lease.acquire())) return;
    try {
      while (!this.#stopped && (await lease.acquire())) {
        const webhook = await findWebhook(connection, partner);
        if (!webhook || webhook.status === 'DISABLED') return;
        const wait = (webhook.nextAttemptAt ?? 0) - Date.now();
        if (wait > 0) {
          await this.#sleep(partner, Math.min(wait, TIMEOUT_MS));
          continue;
        }
        const events = await keptFrom(connection, partner, webhook.next, BATCH);
        if (events.length === 0) {
          await Promise.race([this.keeper.more(partner, ROUND_MS), this.#sleep(partner, ROUND_MS)]);
          continue;
        }
        await this.#send(webhook, events, lease);
      }
    } finally {
      await lease.release().catch(() => undefined);
    }
  }

  /** Delivers until one fails, the webhook is changed, or all are delivered. */
  async #send(webhook: WebhookDocument, events: Awaited<ReturnType<typeof keptFrom>>, lease: Lease): Promise<void> {
    const { connection, logger } = this.context;
    let before: WebhookDocument = webhook;
    for (const { position, event } of events) {
      if (this.#stopped || !(lease.held() || (await lease.acquire()))) return;
      const failure = await post(webhook, event);
      if (failure === undefined) {
        if (!(await advanceWebhook(connection, webhook, position + 1, WELL))) return;
        before = { ...webhook, ...WELL, next: position + 1 };
        continue;
      }
      const { standing, notice } = afterFailure(before, failure, this.rules, Date.now(), Math.random());
      logger.info({ partner: webhook._id, position, failure, attempts: standing.attempts }, 'a delivery failed');
      if ((await advanceWebhook(connection, webhook, before.next, standing)) && notice)
        await this.#tell(webhook, {
          webhook: webhook.url,
          since: new Date(standing.failingSince ?? 0).toISOString(),
          status: notice,
          ...(notice === 'FAILING'
            ? { disabledAfter: new Date((standing.failingSince ?? 0) + this.rules.disableAfterMs).toISOString() }
            : {}),
          lastFailure: failure,
        });
      return;
    }
  }

  /** On the partner's own topic, where it polls when its webhook is away; operations see it in the log. */
  async #tell(
    { _id: partner }: WebhookDocument,
    data: EventDataByType['fr.gpect.partner.webhook-failing.v1'],
  ): Promise<void> {
    const { connection, logger } = this.context;
    logger.warn({ partner, ...data }, 'a webhook fails');
    const id = uuidv7();
    const type = 'fr.gpect.partner.webhook-failing.v1';
    const context = {
      id,
      source: '/services/partner-gateway',
      subject: partner,
      time: new Date().toISOString(),
      sequence: 1,
    };
    const message = { ...toMessage({ type, data }, context), topic: partnerTopic(partner, 'out') };
    await inTransaction(connection, (session) => appendToOutbox(connection, toEntries([message], []), session));
  }

  async #sleep(name: string, ms: number): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#asleep.set(name, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#asleep.delete(name);
  }
}

/** Undefined where the webhook answered 2xx, else what it met. Redirects are not followed: the address is what was agreed. */
async function post({ url, secrets }: WebhookDocument, event: string): Promise<string | undefined> {
  const { id } = JSON.parse(event) as { id: string };
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/cloudevents+json', ...signed(secrets, id, event, Date.now()) },
      body: event,
    });
    await response.body?.cancel();
    return response.ok ? undefined : `${response.status} ${response.statusText}`.trim();
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message || cause.name : String(cause);
  }
}
