import type { EventDataByType } from '@gpect/contracts/generated/events';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import { toMessage } from '@gpect/service-kit/events/cloudevents';
import { inTransaction } from '@gpect/service-kit/mongo/transaction';
import { Lease } from '@gpect/service-kit/outbox/lease';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { v7 as uuidv7 } from 'uuid';
import { tellInOrder } from '../forwarding/in-order.js';
import type { Keeper } from '../keeping/keeper.js';
import { firstOfSubject, type KeptEvent, keptFrom, subjectOf } from '../keeping/kept-events.js';
import type { AddressRules } from './addresses.js';
import { type Delivered, post } from './post.js';
import { type Resolve, resolverOf } from './resolve.js';
import { dueOf, type Failed, headDone, headFailed, heldDone, heldFailed, type WebhookRules } from './schedule.js';
import { signed } from './sign.js';
import { advanceWebhook, findWebhook, liveWebhooks, type WebhookDocument } from './store.js';

/** At most so long a wait is not looked into again. */
const LONGEST_SLEEP_MS = 15_000;
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
    private readonly addresses: AddressRules,
    private readonly resolve: Resolve = resolverOf(addresses),
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
        for (const { _id: partner } of await liveWebhooks(this.context.connection)) {
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
    // Twice as long as a request may take: a process that stood still until it is over gives its request up as it wakes.
    const lease = new Lease(connection, `webhook-${partner}`, 2 * this.rules.answerMs);
    if (!(await lease.acquire())) return;
    try {
      while (!this.#stopped && (await lease.acquire())) {
        const webhook = await findWebhook(connection, partner);
        if (!webhook || webhook.status === 'DISABLED') return;
        const wait = (webhook.nextAttemptAt ?? 0) - Date.now();
        if (wait > 0) {
          await this.#sleep(partner, Math.min(wait, LONGEST_SLEEP_MS));
          continue;
        }
        // One event of those that were refused, then some of those at the head: neither starves the other.
        const retried = await this.#retryHeld(webhook, lease);
        if (retried === 'STOP') continue;
        const events = await keptFrom(connection, partner, retried.next, BATCH);
        if (events.length > 0) await this.#deliverHead(retried, events, lease);
        else if (retried === webhook)
          await Promise.race([this.keeper.more(partner, ROUND_MS), this.#sleep(partner, ROUND_MS)]);
      }
    } finally {
      await lease.release().catch(() => undefined);
    }
  }

  /** Delivers until all are delivered, nothing can be now, or the webhook is changed. */
  async #deliverHead(webhook: WebhookDocument, events: readonly KeptEvent[], lease: Lease): Promise<void> {
    let before = webhook;
    for (const kept of events) {
      const subject = subjectOf(kept);
      // What is no longer kept is passed over; the position of this one is the head.
      before = { ...before, next: kept.position };
      if (before.held?.some((one) => one.subject === subject)) {
        const after = await advanceWebhook(this.context.connection, before, headDone(before, false));
        if (!after) return;
        before = after;
        continue;
      }
      const delivered = await this.#post(before, kept, lease);
      if (!delivered) return;
      const after = delivered.ok
        ? await advanceWebhook(this.context.connection, before, headDone(before, true))
        : await this.#failed(before, kept, delivered, headFailed);
      if (!after || after.nextAttemptAt !== undefined || after.status === 'DISABLED') return;
      before = after;
    }
  }

  /** The next event of a held subject whose time has come; the webhook after it. */
  async #retryHeld(webhook: WebhookDocument, lease: Lease): Promise<WebhookDocument | 'STOP'> {
    const { connection } = this.context;
    const due = dueOf(webhook, Date.now());
    if (!due) return webhook;
    const { subject } = due;
    const nextFrom = (from: number) => firstOfSubject(connection, webhook._id, subject, { from, before: webhook.next });
    const kept = await nextFrom(due.position);
    const delivered = kept ? await this.#post(webhook, kept, lease) : ({ ok: true } as const);
    if (!delivered) return 'STOP';
    if (kept && !delivered.ok) {
      const after = await this.#failed(webhook, kept, delivered, heldFailed);
      return after && after.nextAttemptAt === undefined && after.status !== 'DISABLED' ? after : 'STOP';
    }
    const next = kept && (await nextFrom(kept.position + 1));
    return (
      (await advanceWebhook(connection, webhook, heldDone(webhook, subject, next?.position, Date.now()))) ?? 'STOP'
    );
  }

  /** Undefined where another replica may deliver by now. */
  async #post(
    { _id: partner, url, secrets }: WebhookDocument,
    { position, event }: KeptEvent,
    lease: Lease,
  ): Promise<Delivered | undefined> {
    // Prolonged before each: no delivery outlasts it.
    if (this.#stopped || !(await lease.acquire())) return undefined;
    const { id } = JSON.parse(event) as { id: string };
    const headers = { 'content-type': 'application/cloudevents+json', ...signed(secrets, id, event, Date.now()) };
    return post({ url, headers, body: event }, this.addresses, this.resolve, this.rules.answerMs, (why) =>
      this.context.logger.warn({ partner, position, why }, 'a webhook is not delivered to: its address is not allowed'),
    );
  }

  async #failed(
    before: WebhookDocument,
    kept: KeptEvent,
    failed: Failed,
    decide: typeof headFailed,
  ): Promise<WebhookDocument | undefined> {
    const { connection, logger } = this.context;
    const { progress, notice } = decide(before, subjectOf(kept), failed, this.rules, Date.now(), Math.random());
    const { failure } = failed;
    logger.info({ partner: before._id, position: kept.position, failure }, 'a delivery failed');
    const after = await advanceWebhook(connection, before, progress);
    if (after && notice)
      await this.#tell(before, {
        webhook: before.url,
        since: new Date(notice.since).toISOString(),
        status: notice.status,
        ...(notice.status === 'FAILING' && !notice.subject
          ? { disabledAfter: new Date(notice.since + this.rules.disableAfterMs).toISOString() }
          : {}),
        ...(notice.subject ? { subject: notice.subject } : {}),
        lastFailure: failure,
      });
    return after;
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
    await inTransaction(connection, (session) => tellInOrder(connection, [message], session));
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
