import type { components } from '@gpect/contracts/generated/api-partner-gateway';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { headOf, requirePosition } from '../keeping/head.js';
import { type AddressRules, hostOf, unfitAddress } from './addresses.js';
import type { Deliveries } from './deliveries.js';
import { isReachable, resolverOf } from './resolve.js';
import type { WebhookRules } from './schedule.js';
import { addSecret, changeWebhook, findWebhook, newSecret, removeWebhook, type WebhookDocument } from './store.js';
import { oldestWaiting } from './waiting.js';

/** How long the secret before the last is still signed with. */
const BOTH_VALID_MS = 24 * 3_600_000;

export function webhookRoutes(
  { connection }: ServiceContext,
  deliveries: Deliveries,
  rules: WebhookRules,
  addresses: AddressRules,
) {
  const resolve = resolverOf(addresses);

  function known(partner: string, found: WebhookDocument | null): WebhookDocument {
    if (found) return found;
    throw problemOf({ code: 'webhook_unknown', kind: 'unknown', detail: `${partner} has no webhook; PUT one first` });
  }

  async function changed(document: WebhookDocument, what: string): Promise<WebhookDocument> {
    await auditWrite(connection, document._id, what);
    deliveries.wake(document._id);
    return document;
  }

  /** The same words whatever stands behind a name: this endpoint tells nobody which hosts there are. */
  async function requireAddress(url: string): Promise<void> {
    const unfit = unfitAddress(url, addresses);
    const reachable = unfit === undefined && (await isReachable(hostOf(new URL(url)), addresses, resolve));
    if (reachable) return;
    throw new Problem(422, 'webhook-address-refused', 'Webhooks are not sent there', {
      errors: [
        {
          pointer: '/url',
          detail: unfit ?? 'the host must be known by a public name, and have public addresses alone',
        },
      ],
    });
  }

  async function shown(document: WebhookDocument): Promise<components['schemas']['Webhook']> {
    return { ...shownWebhook(document, rules), ...(await oldestWaiting(connection, document)) };
  }

  return {
    'GET /partners/{partner}/webhook': async ({ params: { partner } }, response) => {
      response.json(await shown(known(partner, await findWebhook(connection, partner))));
    },
    'PUT /partners/{partner}/webhook': async ({ params: { partner }, body: { url, from } }, response) => {
      await requireAddress(url);
      if (from !== undefined) await requirePosition(connection, partner, from, { pointer: '/from' });
      const fresh = { from: await headOf(connection, partner), secret: newSecret() };
      const change = { url, fresh, ...(from === undefined ? {} : { from }) };
      const document = known(partner, await changeWebhook(connection, partner, change));
      await changed(document, 'webhook set');
      response.json({ webhook: await shown(document), secret: newestSecret(document) });
    },
    'DELETE /partners/{partner}/webhook': async ({ params: { partner } }, response) => {
      await removeWebhook(connection, partner);
      await auditWrite(connection, partner, 'webhook removed');
      response.status(204).end();
    },
    'POST /partners/{partner}/webhook/secrets': async ({ params: { partner } }, response) => {
      const secret = newSecret();
      const document = known(partner, await addSecret(connection, partner, secret, Date.now() + BOTH_VALID_MS));
      await auditWrite(connection, partner, 'webhook secret changed');
      response.json({ webhook: await shown(document), secret });
    },
    'POST /partners/{partner}/webhook/replay': async ({ params: { partner }, body: { from } }, response) => {
      known(partner, await findWebhook(connection, partner));
      await requirePosition(connection, partner, from, { pointer: '/from' });
      const document = known(partner, await changeWebhook(connection, partner, { from }));
      response.json(await shown(await changed(document, `deliveries go on from ${from}`)));
    },
  } satisfies Partial<OwnRoutes<'partner-gateway'>>;
}

function newestSecret({ _id, secrets: [newest] }: WebhookDocument): string {
  if (!newest) throw new Error(`the webhook of ${_id} has no secret`);
  return newest.secret;
}

function shownWebhook(
  { url, status, next, failingSince, attempts, nextAttemptAt, lastFailure, held = [], secrets }: WebhookDocument,
  { disableAfterMs }: WebhookRules,
): components['schemas']['Webhook'] {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    url,
    status,
    next,
    ...(failingSince === undefined
      ? {}
      : {
          failingSince: iso(failingSince),
          ...(status === 'DISABLED' ? {} : { disabledAfter: iso(failingSince + disableAfterMs) }),
        }),
    ...(attempts > 0 ? { attempts } : {}),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt: iso(nextAttemptAt) }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...(held.length === 0
      ? {}
      : {
          held: held.map((one) => ({
            subject: one.subject,
            position: one.position,
            since: iso(one.since),
            attempts: one.attempts,
            nextAttemptAt: iso(one.nextAttemptAt),
            ...(one.lastFailure === undefined ? {} : { lastFailure: one.lastFailure }),
          })),
        }),
    secretsValid: secrets.filter(({ validUntil }) => validUntil === undefined || validUntil > Date.now()).length,
  };
}
