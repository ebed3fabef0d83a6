import { Router } from 'express';
import type { Inbox } from '../inbox/inbox.js';

/** What every service lets operations do with the events that it could not take. */
export function deadLetterRoutes(inbox: Inbox | undefined): Router {
  const router = Router();
  router.get('/dead-letters', async (_request, response) => {
    const parked = (await inbox?.parked.list()) ?? [];
    response.json({
      parked: parked.map(({ message, reason, parkedAt }) => ({
        topic: message.topic,
        partition: message.partition,
        offset: String(message.offset),
        type: message.headers['ce_type'] ?? '',
        subject: message.headers['ce_subject'] ?? message.key,
        reason,
        parkedAt: parkedAt.toISOString(),
      })),
    });
  });
  router.post('/dead-letters/replay', async (_request, response) => {
    response.json((await inbox?.replay()) ?? { replayed: 0, stillParked: 0 });
  });
  return router;
}
