import type { IncomingMessage } from '../events/cloudevents.js';

/** Of one subject they keep their order; of others they do not wait for each other. */
const AT_ONCE = 8;

/** Some at once; what is about one subject, or has one id, keeps its order. */
export async function inOrderBySubject<T>(
  messages: readonly IncomingMessage[],
  work: (message: IncomingMessage) => Promise<T>,
): Promise<T[]> {
  const results: T[] = new Array(messages.length);
  const lines = new Map<string, number[]>();
  const lineOfId = new Map<string, string>();
  messages.forEach(({ headers }, i) => {
    const id = headers['ce_id'] ?? '';
    const line = lineOfId.get(id) ?? headers['ce_subject'] ?? '';
    lineOfId.set(id, line);
    lines.set(line, [...(lines.get(line) ?? []), i]);
  });
  const queue = [...lines.values()];
  const worker = async () => {
    for (let line = queue.shift(); line; line = queue.shift())
      for (const i of line) results[i] = await work(messages[i] as IncomingMessage);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
