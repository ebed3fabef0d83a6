import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import kafkajs from 'kafkajs';
import { timedConsumption } from './timed-consumption.js';

/**
 * What our reader is measured against: kafkajs as it comes. In a thread with modules of its own, since ours exchanges what
 * decodes records for all of its process.
 */
const { broker, topic, events } = workerData as { broker: string; topic: string; events: number };
const kafka = new kafkajs.Kafka({ brokers: [broker], clientId: 'raw', logLevel: kafkajs.logLevel.NOTHING });

parentPort?.on('message', async () => {
  const rate = await timedConsumption(events, async (onBatch) => {
    const consumer = kafka.consumer({
      groupId: randomUUID(),
      maxWaitTimeInMs: 300,
      maxBytesPerPartition: 2_000_000,
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        onBatch.begin();
        onBatch.took(batch.messages.length);
      },
    });
    return () => consumer.disconnect();
  });
  parentPort?.postMessage(rate);
});
