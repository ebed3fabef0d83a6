import { expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { partitionOf } from './appender.js';

test('a key stands where kafkajs and the clients of Java had put it: a database keeps the partitions of its aggregates', () => {
  const before = kafkajs.Partitioners.DefaultPartitioner();
  const letters = ['a', '0', '/', '-', 'é', '€', '𝄞', ' ', '\u0000'];
  for (let i = 0; i < 5000; i++) {
    const key = Array.from({ length: i % 23 }, (_, at) => letters[(i * (at + 7) + at) % letters.length]).join('');
    for (const count of [1, 3, 6, 64]) {
      const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 0 }));
      const message = { key, value: '' };
      expect(partitionOf(key, count)).toBe(before({ topic: 't', partitionMetadata, message } as never));
    }
  }
});
