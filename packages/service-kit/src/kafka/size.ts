import type { OutgoingMessage } from '../events/cloudevents.js';

/** Bytes of one message at most: what every topic of the programme takes (1 MiB), with room for its batch. */
export const MOST_MESSAGE_BYTES = 1_000_000;
/** Bytes that one request gives one partition at most, unless a message alone has more; less than a topic takes. */
export const MOST_BATCH_BYTES = 900_000;

/** Lengths, deltas and attributes of a record, and of each of its headers, at most. */
const RECORD_BYTES = 40;
const HEADER_BYTES = 10;

/** What a message takes of a batch, at most. */
export function sizeOf({ key, headers, value }: OutgoingMessage): number {
  let bytes = RECORD_BYTES + Buffer.byteLength(key) + Buffer.byteLength(value);
  for (const [name, text] of Object.entries(headers))
    bytes += HEADER_BYTES + Buffer.byteLength(name) + Buffer.byteLength(text);
  return bytes;
}
