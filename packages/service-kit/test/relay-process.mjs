// A relay in a process of its own, which the test freezes (SIGSTOP): says "published N" each time, until it is ended.
import { connectKafka } from '@gpect/service-kit/kafka/kafka';
import { connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { createLogger } from '@gpect/service-kit/observability/logger';
import { Relay } from '@gpect/service-kit/outbox/relay';

const [database, brokers] = process.argv.slice(2);
const logger = createLogger('relay', process.env.TEST_LOG ?? 'silent');
const connection = createDatabase();
await connect(connection, database);
const bus = connectKafka({ brokers, clientId: 'relay', logger });
const relay = new Relay(connection, bus.publisher(), logger, (count) => console.log(`published ${count}`));
relay.start();
