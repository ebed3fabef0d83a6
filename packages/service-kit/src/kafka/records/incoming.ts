import { isUtf8 } from 'node:buffer';
import { dictionary } from '@gpect/domain-values/records';
import type { IncomingMessage } from '../../events/cloudevents.js';
import type { RawBytes } from './bytes.js';
import type { FetchedMessage } from './fetch-response.js';
import { headerName } from './header-names.js';
import type { RawHeader, RawRecord, UnreadableBatch } from './record.js';

/** Headers that are read: they have to be text, and to be there once. */
const isRead = (name: string): boolean => name.startsWith('ce_') || name === 'content-type';
/** Bytes of a batch that cannot be read which are kept for those who look into it. */
const KEPT_BYTES = 256 * 1024;

/** More than our own topics take; what is no text of it has three times as many as text, and the database still keeps that. */
export const MOST_OWN_BYTES = 5 * 1_048_576;
/** Of a record that is too large headers as long as this are read: its id, its type, its subject. */
const SHORT_BYTES = 1200;

/**
 * A record as text, whatever it holds; `fault` says why it cannot be taken as it is. Pure; never throws.
 * @param most bytes of a record; of a larger one nothing is read
 */
export function toIncoming(
  topic: string,
  partition: number,
  { found }: FetchedMessage,
  most: number = MOST_OWN_BYTES,
): IncomingMessage {
  return 'record' in found
    ? ofRecord(topic, partition, found.record, most)
    : ofBatch(topic, partition, found.unreadable);
}

function ofRecord(topic: string, partition: number, record: RawRecord, most: number): IncomingMessage {
  const bytes = bytesOf(record);
  return bytes > most ? tooLarge(topic, partition, record, { bytes, most }) : ofText(topic, partition, record);
}

function bytesOf({ key, value, headers }: RawRecord): number {
  const ofHeaders = headers.reduce((sum, [name, said]) => sum + name.length + (said?.length ?? 0), 0);
  return (key?.length ?? 0) + (value?.length ?? 0) + ofHeaders;
}

/** Nothing that is long is as much as looked at. */
function tooLarge(
  topic: string,
  partition: number,
  { offset, key, headers }: RawRecord,
  size: { readonly bytes: number; readonly most: number },
): IncomingMessage {
  const short = headers.filter(([, value]) => (value?.length ?? 0) <= SHORT_BYTES);
  return {
    topic,
    partition,
    offset,
    key: key && key.length <= SHORT_BYTES ? key.toString('utf8') : '',
    headers: headersOf(short).headers,
    value: '',
    tooLarge: size,
    fault: `it has ${size.bytes} bytes, at most ${size.most} are read: read it where it is`,
  };
}

function ofText(topic: string, partition: number, record: RawRecord): IncomingMessage {
  const { headers, faults } = headersOf(record.headers);
  const [key, value] = [record.key?.toString() ?? '', record.value?.toString() ?? ''];
  if (record.headersLeftOut > 0)
    faults.push(
      `it has ${record.headers.length + record.headersLeftOut} headers, at most ${record.headers.length} are read`,
    );
  if (isNoText(key, record.key)) faults.push('its key is not UTF-8');
  if (isNoText(value, record.value)) faults.push('its value is not UTF-8');
  return {
    topic,
    partition,
    offset: record.offset,
    key,
    headers,
    value,
    ...(faults.length > 0 ? { fault: faults.join('; ') } : {}),
  };
}

/** A header without a value is as good as absent. Without a prototype: names are chosen by others. */
function headersOf(raw: readonly RawHeader[]): { headers: Record<string, string>; faults: string[] } {
  const headers = dictionary<string>();
  const faults: string[] = [];
  for (const [bytes, value] of raw) {
    const name = headerName(bytes);
    if (name === undefined || value === null) continue;
    if (name in headers) {
      if (isRead(name)) faults.push(`its header ${name} is there more than once`);
      continue;
    }
    const text = value.toString();
    if (isRead(name) && isNoText(text, value)) faults.push(`its header ${name} is not UTF-8`);
    headers[name] = text;
  }
  return { headers, faults };
}

/** What stands in a text where its bytes were none; a text of UTF-8 may say it, too. */
const REPLACED = '\ufffd';

/** Whether a text was made of bytes that are no UTF-8. */
function isNoText(text: string, bytes: RawBytes | null): boolean {
  return text.includes(REPLACED) && !isUtf8(bytes?.subarray() ?? Buffer.alloc(0));
}

function ofBatch(topic: string, partition: number, batch: UnreadableBatch): IncomingMessage {
  const { first, last, reason, bytes } = batch;
  return {
    topic,
    partition,
    offset: last,
    key: '',
    headers: {},
    batch: { first, last },
    value: bytes.subarray(0, KEPT_BYTES).toString('base64'),
    fault: `the batch of the offsets ${first} to ${last} (${bytes.length} bytes) cannot be read: ${reason}`,
  };
}
