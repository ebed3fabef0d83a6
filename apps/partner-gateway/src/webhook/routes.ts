import type { components } from '@gpect/contracts/generated/api-partner-gateway';
import { auditWrite } from '@gpect/service-kit/audit/audit-trail';
import { Problem, problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { Router } from 'express';
import { endOf } from '../keeping/kept-events.js';
import { type AddressRules, hostOf, unfitAddress } from './addresses.js';
import type { Deliveries } from './deliveries.js';
import { isReachable, resolverOf } from './resolve.js';
import { begun, type WebhookRules } from './schedule.js';
import { findWebhook, newSecret, putSecrets, putWebhook, removeWebhook, type WebhookDocument } from './store.js';
import { oldestWaiting } from './waiting.js';

/** How long the secret before the last is still signed with. */
const BOTH_VALID_MS = 24 * 3_600_000;

export function webhookRoutes(
  { connection }: ServiceContext,
  deliveries: Deliveries,
  rules: WebhookRules,
  addresses: AddressRules,
): Router {
  const router = Router();
  const resolve = resolverOf(addresses);
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

  /** A position that is not there yet would pass over what comes until then. */
  async function requirePosition(partner: string, from: number): Promise<void> {
    const end = await endOf(connection, partner);
    if (from <= end) return;
    throw new Problem(422, 'position-beyond-head', 'There is nothing there yet', {
      detail: `${from} is behind the last event: give a position up to ${end}, from which on what comes next is sent`,
      errors: [{ pointer: '/from', detail: `at most ${end}` }],
    });
  }

  /** The same words whatever stands behind a name: this door tells nobody which hosts there are. */
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

  router.get(at, async (request, response) => {
    response.json(await shown(await webhookOf(request.params.partner)));
  });
  router.put(at, async (request, response) => {
    const { partner } = request.params;
    const { url, from } = request.body as { url: string; from?: number };
    await requireAddress(url);
    if (from !== undefined) await requirePosition(partner, from);
    const before = await findWebhook(connection, partner);
    const secrets = before?.secrets ?? [{ secret: newSecret() }];
    // Where nothing is said, what waited for its turn still does.
    const progress =
      from === undefined && before
        ? begun(before.next, before.held)
        : begun(from ?? (await endOf(connection, partner)));
    const document = { _id: partner, url, version: before?.version ?? 0, secrets, ...progress };
    await change(document, 'webhook set');
    response.json({ webhook: await shown(document), secret: secrets[0]?.secret });
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
    const secrets = [{ secret }, ...old];
    await putSecrets(connection, before._id, secrets);
    await auditWrite(connection, before._id, 'webhook secret changed');
    response.json({ webhook: await shown({ ...before, secrets }), secret });
  });
  router.post(`${at}/replay`, async (request, response) => {
    const { _id, url, secrets, version } = await webhookOf(request.params.partner);
    const { from } = request.body as { from: number };
    await requirePosition(_id, from);
    const document = { _id, url, secrets, version, ...begun(from) };
    await change(document, `deliveries go on from ${from}`);
    response.json(await shown(document));
  });
  return router;
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
