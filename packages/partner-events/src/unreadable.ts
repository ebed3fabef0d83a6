import type { IncomingMessage } from '@gpect/service-kit/events/cloudevents';
import type { ProblemBody } from '@gpect/service-kit/http/problem';
import { MOST_BATCH_BYTES, MOST_BATCH_RECORDS } from '@gpect/service-kit/kafka/records/record-set';

const MIB = 1024 * 1024;
/** Bytes of a partner's record, as its contract says. Packed, thirty times as many come through its topic. */
export const MOST_PARTNER_BYTES = MIB;

/**
 * A record that is too large or no text, or a batch of which no record can be told from another: it is answered under its
 * last place. Pure.
 */
export function unreadable({ batch, tooLarge }: IncomingMessage, fault: string): ProblemBody {
  if (tooLarge)
    return {
      type: 'urn:gpect:problem:event-too-large',
      title: 'The event is too large',
      status: 413,
      detail: `the record has ${tooLarge.bytes} bytes, unpacked and with its headers; at most ${tooLarge.most} are taken`,
    };
  return {
    type: `urn:gpect:problem:${batch ? 'batch' : 'record'}-unreadable`,
    title: batch ? 'A batch of records cannot be read' : 'The record cannot be read',
    status: 422,
    detail: batch
      ? `${fault}. No event of it was taken: send its events again under the same ids, in batches of at most ${MOST_BATCH_BYTES / MIB} MiB unpacked and ${MOST_BATCH_RECORDS} records`
      : `${fault}; send text in UTF-8, each header once`,
  };
}
