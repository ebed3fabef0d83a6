import type { IncomingMessage } from '../events/cloudevents.js';
import { hashOf } from './lines.js';

/** An event that was read, where it stood. */
export interface Seen {
  readonly offset: number;
  /** In hexadecimal digits. */
  readonly print: string;
}

/** Which log a position is of. Positions of older releases have none: the log that is there is taken for it. */
export interface LogIdentity {
  /** The topic's id: another one has the topic that was made again under its name. */
  readonly topic?: string;
  /** The last event that was read: another one stands there in a log that was restored, and went on otherwise. */
  readonly last?: Seen;
}

/** By what an event is known again; undefined of what is not read, a batch or a large record, which another release may read. */
export function printOf(
  message: Pick<IncomingMessage, 'headers' | 'value' | 'batch' | 'tooLarge'>,
): string | undefined {
  const { ce_source: source = '', ce_id: id } = message.headers;
  if (message.batch || (message.tooLarge && !id)) return undefined;
  return Buffer.from(hashOf(id ? source : '', id || message.value), 'latin1').toString('hex');
}

const GO_ON = (partition: string) =>
  `Nothing of it is read until somebody decides (runbook: a topic is another one): \`dlq resume ${partition} --from beginning\` reads all of it, what was taken before is not taken twice; \`--from here\` goes on where it stands`;

/** Why a log is not the one that was read, and what to do. */
export const NOT_THE_SAME = {
  remade: (partition: string, next: number) =>
    `the topic was deleted and made again: position ${next} is of the one before. ${GO_ON(partition)}`,
  shorter: (partition: string, next: number) =>
    `the log ends before position ${next}, up to which it was read: Kafka was restored from before. ${GO_ON(partition)}`,
  another: (partition: string, offset: number) =>
    `another event stands at offset ${offset} than the one that was read there: Kafka was restored from before and went on. ${GO_ON(partition)}`,
} as const;
