import { expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { problemOfError } from '../http/problem-of-error.js';

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
])('who asks what the brokers alone know, while they do not answer ($name), is told to ask again', (error) => {
  const { status, title } = problemOfError(error, {} as never);
  expect([status, title]).toEqual([503, 'The brokers do not answer now']);
});
