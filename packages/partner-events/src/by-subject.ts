import type { IncomingMessage } from '@gpect/service-kit/events/cloudevents';

/**
 * All at once; what is about one subject, or has one id, keeps its order. Where one fails, what is under way is ended and
 * nothing more is begun.
 */
export async function inOrderBySubject(
  messages: readonly IncomingMessage[],
  work: (message: IncomingMessage, index: number) => Promise<void>,
): Promise<void> {
  const lines = new Map<string, number[]>();
  const lineOfId = new Map<string, string>();
  messages.forEach(({ headers }, i) => {
    const id = headers['ce_id'] ?? '';
    const line = lineOfId.get(id) ?? headers['ce_subject'] ?? '';
    lineOfId.set(id, line);
    lines.set(line, [...(lines.get(line) ?? []), i]);
  });
  let failed = false;
  const ended = await Promise.allSettled(
    [...lines.values()].map(async (line) => {
      for (const i of line) {
        if (failed) return;
        await work(messages[i] as IncomingMessage, i).catch((error: unknown) => {
          failed = true;
          throw error;
        });
      }
    }),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
