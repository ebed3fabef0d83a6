import type { NotPublished } from '@gpect/service-kit/kafka/publisher';
import { expect, test } from '@jest/globals';
import { problemOfBrokers } from './problem-of-brokers.js';

const events = ['e0', 'e1', 'e2'].map((id, i) => ({ id, at: `/${i}` }));
const told = (...came: (NotPublished | undefined)[]) => {
  const problem = problemOfBrokers(events, came)?.body();
  return { status: problem?.status, text: JSON.stringify(problem) };
};
const [size, message, topic] = (['size', 'message', 'topic'] as const).map((refused) => ({ reason: 'r', refused }));

test('what the brokers hold is no problem', () => {
  expect(problemOfBrokers(events, [undefined, undefined, undefined])).toBeUndefined();
});

test('what passes is to be sent again as it is, also where another event of the batch is refused for good', () => {
  expect(told(undefined, { reason: 'away' }, undefined)).toMatchObject({ status: 503 });
  expect(told(size, { reason: 'away', maybe: true }, undefined)).toMatchObject({ status: 503 });
  expect(told({ reason: 'away' }, { reason: 'away', maybe: true }, undefined).text).toContain('have not said yet');
});

test('an event that is larger than its topic takes by now is named, and what to do; the others are said to be kept', () => {
  const { status, text } = told(undefined, size, undefined);
  expect(status).toBe(413);
  expect(text).toContain('"/1"');
  expect(text).toMatch(/e1 is larger .* shorter texts/);
  expect(text).toContain('not named are kept');
});

test('one that is refused for what it is is no 413, and nobody is told that any was kept where none was', () => {
  const { status, text } = told(message, message, message);
  expect(status).toBe(422);
  expect(text).not.toContain('are kept');
});

test('a topic that takes nothing from this service is a fault of ours, which sending again does not mend', () => {
  const { status, text } = told(topic, topic, topic);
  expect(status).toBe(500);
  expect(text).toContain('once it is mended');
});
