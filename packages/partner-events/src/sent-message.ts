import { partnerTopic } from '@gpect/contracts/partner-topics';
import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { traceparentOf } from '@gpect/service-kit/http/trace-headers';
import type { SentEvent } from './sent-event.js';

/** What came over HTTP, as it is put on the partner's own topic. */
export function toSentMessage(event: SentEvent, code: string): OutgoingMessage {
  const { id, source, type, subject, time, data } = event;
  const traceparent = traceparentOf(event.traceparent);
  return {
    topic: partnerTopic(code, 'in'),
    key: subject ?? '',
    headers: {
      ce_specversion: '1.0',
      ce_id: id ?? '',
      ce_source: source ?? '',
      ce_type: type ?? '',
      ce_subject: subject ?? '',
      ce_time: time ?? '',
      ...(traceparent ? { ce_traceparent: traceparent } : {}),
      'content-type': 'application/json',
    },
    value: data,
  };
}
