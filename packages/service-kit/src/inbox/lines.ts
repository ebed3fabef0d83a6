import { hash } from 'node:crypto';
import type { IncomingMessage } from '../events/cloudevents.js';
import { sequenceOf } from '../events/sequence.js';

/** What an event is recognised by: where it stands among the events of its aggregate, and its own id. */
export interface Line {
  /** 8 bytes (latin1) of a hash of source and subject. */
  readonly key: string;
  readonly sequence: number;
  /** 8 bytes (latin1) of a hash of source and id, which name an event once and for all (CloudEvents 1.0). */
  readonly id: string;
  readonly offset: number;
}

/** Sequences are kept in 4 bytes. */
const HIGHEST = 0xffff_ffff;
export const HASH_BYTES = 8;

export function hashOf(source: string, name: string): string {
  return hash('sha1', `${source}\n${name}`, 'binary').slice(0, HASH_BYTES);
}

/**
 * The line of an event. Our services count the events of each aggregate; what is not ours, or says no number, stands
 * alone: known by its id, and before or behind nothing.
 */
export function lineOf(message: IncomingMessage): Line {
  const { headers, topic, partition, offset } = message;
  const source = headers['ce_source'] ?? '';
  const id = hashOf(source, headers['ce_id'] || `${topic}/${partition}/${offset}`);
  const sequence = sequenceOf(headers['ce_sequence']);
  const subject = headers['ce_subject'];
  const counted = source.startsWith('/services/') && subject && sequence !== undefined && sequence <= HIGHEST;
  return counted ? { key: hashOf(source, subject), sequence, id, offset } : { key: id, sequence: 1, id, offset };
}
