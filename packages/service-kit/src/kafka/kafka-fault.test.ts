import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { GenericError } from '@platformatic/kafka';
import kafkajs from 'kafkajs';
import { isAway } from '../faults/away.js';
import { problemOfError } from '../http/problem-of-error.js';
import { createLogger } from '../observability/logger.js';
import { NoBroker } from './brokers.js';
import { connectKafka } from './kafka.js';
import { kafkaFault } from './kafka-fault.js';

test.each([
  new kafkajs.KafkaJSRequestTimeoutError('Request Metadata timed out', {
    broker: 'b:9092',
    clientId: 'x',
    correlationId: 1,
    createdAt: 1,
    sentAt: 1,
    pendingDuration: 1,
  }),
  new kafkajs.KafkaJSNumberOfRetriesExceeded('gone', { retryCount: 1, retryTime: 1 }),
  new GenericError('PLT_KFK_NETWORK', 'Connection closed'),
  new NoBroker('no broker answers'),
])('who asks what the brokers alone know, while they do not answer ($name), is told to ask again', (error) => {
  const { status, title } = problemOfError(error, {} as never);
  expect([status, title]).toEqual([503, 'The brokers do not answer now']);
  // Nor is anything parked for it.
  expect(isAway(new Error('it could not be asked', { cause: error }))).toBe(true);
});

test.each([
  ['takes connections and says nothing, as one that stands still', () => undefined, 'do not answer in time'],
  ['closes each connection', (socket: Socket) => socket.destroy(), 'cannot be reached'],
])(
  'of a broker that %s, it is said for what it is',
  async (_what, onSocket, said) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      onSocket(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const brokers = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bus = connectKafka({ brokers, clientId: 'x', logger: createLogger('x', 'silent') });
    try {
      const error: unknown = await bus.topics().catch((fault: unknown) => fault);
      const { reason } = kafkaFault(error);
      expect(reason).toContain(said);
      if (said.includes('answer')) expect(reason).not.toContain('TLS');
    } finally {
      await bus.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  },
  60_000,
);
