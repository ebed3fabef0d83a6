import { createHash } from 'node:crypto';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { readJson } from '@gpect/domain-values/json-text';
import { isBlank, textFault } from '@gpect/domain-values/text';
import { type IncomingMessage, placeOf } from '@gpect/service-kit/events/cloudevents';
import { fingerprintOfJson } from '@gpect/service-kit/http/same-json';
import { LONGEST } from './partner-event.js';

/** How an answer names the event that it answers. */
export type Named = EventDataByType['fr.gpect.partner.event-taken.v1']['event'];

/** What an answer is kept under: one partner's event ids are its own; an event without one that can be passed on is named by its place. */
export function keyOf(code: string, message: IncomingMessage): string {
  return `${code}\n${fit(message.headers['ce_id']) ?? placeOf(message)}`;
}

export function namedIn(message: IncomingMessage): Named {
  const { ce_id: id, ce_type: type, ce_subject: subject } = message.headers;
  const [named, about] = [fit(type, LONGEST_TYPE), fit(subject)];
  return { id: fit(id) ?? placeOf(message), ...(named ? { type: named } : {}), ...(about ? { subject: about } : {}) };
}

/** Of a type that an answer names, by its contract; every type there is is shorter. */
const LONGEST_TYPE = 200;

/** An attribute that may be said again in an answer. */
function fit(attribute = '', longest = LONGEST): string | undefined {
  return attribute.length <= longest && !isBlank(attribute) && !textFault(attribute, 'one') ? attribute : undefined;
}

/**
 * Of all that makes an event another one, its time apart: the same whichever endpoint it comes by and whichever program wrote
 * its JSON. What is no JSON is taken as it is written.
 */
export function fingerprintOf(message: IncomingMessage): string {
  const read = readJson(message.value);
  return read.ok ? fingerprintOfJson(namedBy(message).join('\n'), read.value) : fingerprintAsWritten(message);
}

/** As answers of before are kept under. */
export function fingerprintAsWritten(message: IncomingMessage): string {
  return createHash('sha256')
    .update([...namedBy(message), message.value].join('\n'))
    .digest('hex');
}

const namedBy = ({ headers }: IncomingMessage) => [headers['ce_type'], headers['ce_source'], headers['ce_subject']];
