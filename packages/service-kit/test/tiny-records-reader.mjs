// A reader of partners' topics in a process of its own, whose memory the test bounds: says each topic of which all is taken.
import { connectKafka } from '@gpect/service-kit/kafka/kafka';
import { createLogger } from '@gpect/service-kit/observability/logger';

const [brokers, sizes] = process.argv.slice(2);
const left = new Map(Object.entries(JSON.parse(sizes)));
/** Records that were taken since others in this process had their turn, now and at the most. */
let [since, most] = [0, 0];
const logger = createLogger('reader', process.env.TEST_LOG ?? 'silent');
connectKafka({ brokers, clientId: 'reader', logger }).subscribe({
  groupId: 'reader',
  topics: [...left.keys()],
  inTurn: { slice: 32, atOnce: 4 },
  positions: async () => new Map(),
  onRenewed: (why, error) => console.log(why, error),
  onBatch: async ({ topic, messages }) => {
    // As where nothing comes of them: without any wait.
    if (since === 0)
      setImmediate(() => {
        since = 0;
      });
    since += messages.length;
    most = Math.max(most, since);
    left.set(topic, left.get(topic) - messages.length);
    if (left.get(topic) === 0)
      console.log(`${topic} ${[...left].map(([name, count]) => `${name}:${count}`).join(' ')} at most ${most}`);
    return messages.at(-1).offset + 1;
  },
});
