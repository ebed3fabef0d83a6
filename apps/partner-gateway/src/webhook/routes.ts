import type { components } from '@gpect/contracts/generated/api-partner-gateway';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { endOf } from '../keeping/kept-events.js';
import type { Deliveries } from './deliveries.js';
import { WELL, type WebhookRules } from './schedule.js';
import { findWebhook, newSecret, putWebhook, removeWebhook, type WebhookDocument } from './store.js';

/** How long the secret before the last is still signed with. */
const BOTH_VALID_MS = 24 * 3_600_000;

export function webhookRoutes({ connection }: ServiceContext, deliveries: Deliveries, rules: WebhookRules): Router {
  const router = Router();
  const at = '/partners/:partner/webhook' as const;

  async function webhookOf(partner: string): Promise<WebhookDocument> {
    const found = await findWebhook(connection, partner);
    if (found) return found;
    throw problemOf({ code: 'webhook_unknown', kind: 'unknown', detail: `${partner} has no webhook; PUT one first` });
  }

  async function change(document: WebhookDocument, what: string): Promise<void> {
    await putWebhook(connection, { ...document, version: document.version + 1 });
    await auditWrite(connection, document._id, what);
    deliveries.wake(document._id);
  }

  router.get(at, async (request, response) => {
    response.json(shown(await webhookOf(request.params.partner), rules));
  });
  router.put(at, async (request, response) => {
    const { partner } = request.params;
    const { url, from } = request.body as { url: string; from?: number };
    if (!URL.canParse(url) || (!url.startsWith('https://') && !rules.insecure))
      throw new Problem(422, 'webhook-insecure', 'Webhooks are https', {
        errors: [{ pointer: '/url', detail: `${url}: give an address that begins with https://` }],
      });
    const before = await findWebhook(connection, partner);
    const secrets = before?.secrets ?? [{ secret: newSecret() }];
    const next = from ?? before?.next ?? (await endOf(connection, partner));
    const document = { _id: partner, url, next, version: before?.version ?? 0, secrets, ...WELL };
    await change(document, 'webhook set');
    response.json({ webhook: shown(document, rules), secret: secrets[0]?.secret });
  });
  router.delete(at, async (request, response) => {
    await removeWebhook(connection, request.params.partner);
    await auditWrite(connection, request.params.partner, 'webhook removed');
    response.status(204).end();
  });
  router.post(`${at}/secrets`, async (request, response) => {
    const before = await webhookOf(request.params.partner);
    const now = Date.now();
    const [inForce] = before.secrets;
    const secret = newSecret();
    const old = inForce ? [{ secret: inForce.secret, validUntil: now + BOTH_VALID_MS }] : [];
    const document = { ...before, secrets: [{ secret }, ...old] };
    await change(document, 'webhook secret changed');
    response.json({ webhook: shown(document, rules), secret });
  });
  router.post(`${at}/replay`, async (request, response) => {
    const { _id, url, secrets, version } = await webhookOf(request.params.partner);
    const { from } = request.body as { from: number };
    const document = { _id, url, secrets, version, next: from, ...WELL };
    await change(document, `deliveries go on from ${from}`);
    response.json(shown(document, rules));
  });
  return router;
}

function shown(
  { url, status, next, failingSince, attempts, nextAttemptAt, lastFailure, secrets }: WebhookDocument,
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
    secretsValid: secrets.filter(({ validUntil }) => validUntil === undefined || validUntil > Date.now()).length,
  };
}
