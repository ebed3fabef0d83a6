interface InItsPlace {
  readonly offset: number;
}

/** A batch of one partition, of a topic that ends nowhere. */
export function batchOf<M extends InItsPlace>(messages: readonly M[], topic: string, partition = 0) {
  const log = { topic: 'the-topic', connection: 1, refusals: 0, end: Number.MAX_SAFE_INTEGER };
  return { topic, partition, messages, log, stale: () => false, heartbeat: async () => undefined };
}

/** Gives a reader what stands behind where it is, as Kafka does: what it goes back for and the topic keeps no more is passed over. */
export async function give<M extends InItsPlace>(
  reader: { onBatch(batch: ReturnType<typeof batchOf<M>>): Promise<number> },
  messages: readonly M[],
  topic: string,
): Promise<number> {
  const end = (messages.at(-1)?.offset ?? 0) + 1;
  for (let next = messages[0]?.offset ?? 0, turns = 0; ; turns++) {
    const behind = messages.filter((m) => m.offset >= next);
    next = await reader.onBatch(batchOf(behind, topic));
    if (next === end || turns === 5) return next;
  }
}
