import { faultsWhereMade, type PartnerEventType, partnerContractOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { castTo, newestOf, versionsOf } from '@gpect/contracts/versions/versions';
import { readInstant } from '@gpect/domain-values/instant';
import { pointerTo } from '@gpect/domain-values/json-pointer';
import { readJson } from '@gpect/domain-values/json-text';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { isBlank } from '@gpect/domain-values/text';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Title } from '@gpect/service-kit/http/titles';
import { type Partner, sourceOf, takesPartIn } from './partner.js';
import type { SentEvent } from './sent-event.js';

/** An event that keeps its contract, from a partner that may send it; in the newest version, whichever it was sent in. */
export type PartnerEvent<T extends PartnerEventType = PartnerEventType> = {
  [K in T]: {
    readonly id: string;
    readonly type: K;
    readonly subject: string;
    readonly time: string;
    readonly data: EventDataByType[K];
  };
}[T];

/** Characters of an event's data at the most; larger files have endpoints of their own. */
export const MOST_CHARACTERS = 700_000;
/** How far a partner's clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;
/** Longest attribute that is taken: they become keys and headers. */
export const LONGEST = 400;
const REQUIRED = ['id', 'source', 'type', 'subject', 'time'] as const;

/**
 * Checks what a partner sent, envelope first, then its data against the contract, then whether it may send that there.
 * Pure; the decisions of the service that it is for come after it.
 * @param partner the partner whose endpoint it came by; undefined where nobody declared it
 * @param now ms since 1970
 */
export function readPartnerEvent(
  sent: SentEvent,
  code: string,
  partner: Partner | undefined,
  now: number,
): Result<PartnerEvent, Problem> {
  const { id, source, type, subject, time } = sent;
  if (sent.faults) return refused(422, 'envelope-unfit', 'This is no CloudEvent', { errors: sent.faults });
  const missing = REQUIRED.filter((name) => isBlank(sent[name] ?? ''));
  if (missing.length > 0 || !id || !type || !subject || !time)
    return refused(422, 'envelope-incomplete', 'Attributes of CloudEvents are missing', {
      errors: missing.map((name) => ({
        pointer: pointerTo(name),
        detail: `${name} is ${sent[name] ? 'blank' : 'missing'}; give it in every event`,
      })),
    });
  const long = ([...REQUIRED, 'specversion', 'traceparent'] as const).find(
    (name) => (sent[name] ?? '').length > LONGEST,
  );
  if (long)
    return refused(422, 'attribute-too-long', 'An attribute is too long', {
      errors: [
        { pointer: pointerTo(long), detail: `${long} has ${sent[long]?.length} characters, more than ${LONGEST}` },
      ],
    });
  if (sent.specversion !== '1.0')
    return refused(422, 'specversion-unknown', 'Another version of CloudEvents', {
      errors: [{ pointer: '/specversion', detail: `specversion is "${sent.specversion ?? ''}"; send 1.0` }],
    });
  if (!partner)
    return refused(403, 'partner-unknown', 'This partner does not take part', {
      detail: `${code} is not declared, or was withdrawn; ask the programme's operations`,
    });
  if (source !== sourceOf(code))
    return refused(403, 'source-not-yours', 'The source is somebody else', {
      detail: `source is "${source}"; what comes by the endpoint of ${code} has the source ${sourceOf(code)}`,
      errors: [{ pointer: '/source', detail: `send ${sourceOf(code)}` }],
    });
  const contract = partnerContractOf(type);
  if (!contract)
    return refused(422, 'type-unknown', 'No such event', {
      detail: `there is no contract for "${type}"; the catalogue lists what a partner may send`,
      errors: [{ pointer: '/type', detail: 'send a type of the catalogue' }],
    });
  // Whoever may say a thing may say it in any version.
  if (!versionsOf(contract.type).some((version) => partner.sends.includes(version)))
    return refused(403, 'type-not-agreed', 'This partner does not send such events', {
      detail: `${code} may send ${partner.sends.join(', ') || 'nothing'}; ask operations to add ${type}`,
    });
  const instant = readInstant(time);
  if (instant === undefined)
    return refused(422, 'time-unreadable', 'The time cannot be read', {
      errors: [{ pointer: '/time', detail: `"${time}": send an instant as RFC 3339 writes it, 2026-11-24T08:00:00Z` }],
    });
  if (instant > now + AHEAD_MS)
    return refused(422, 'time-in-future', 'An event of the future', {
      errors: [{ pointer: '/time', detail: `${time} has not come yet; set the sender's clock` }],
    });
  if (sent.data.length > MOST_CHARACTERS)
    return refused(413, 'event-too-large', 'The event is too large', {
      detail: `its data has ${sent.data.length} characters, at most ${MOST_CHARACTERS} are taken`,
    });
  const read = sent.read ? ok(sent.read.data) : readJson(sent.data);
  if (!read.ok) {
    const { kind, pointer, detail } = read.fault;
    const more = { detail, errors: [{ pointer: `/data${pointer}`, detail }] };
    return kind === 'unfit'
      ? refused(422, 'data-unfit', 'The data holds what is not taken', more)
      : refused(422, 'data-not-json', 'The data is not JSON', more);
  }
  const data = read.value;
  const faults = faultsWhereMade(contract.type, data);
  if (faults.length > 0)
    return refused(422, 'data-against-contract', 'The data does not keep its contract', {
      errors: faults.map(({ pointer, detail }) => ({ pointer: `/data${pointer}`, detail })),
    });
  // The contract was checked just above: type and data belong together. Services know the newest version alone.
  const said = castTo(newestOf(contract.type), { type: contract.type, data });
  const event = { id, ...said, subject, time } as PartnerEvent;
  const expected = contract.subjectOf(data as object);
  if (expected !== undefined && expected !== subject)
    return refused(422, 'subject-differs', 'The subject is not what the data is about', {
      errors: [{ pointer: '/subject', detail: `subject is "${subject}"; by the data it is "${expected}"` }],
    });
  if (!takesPartIn(partner, event.data.programme))
    return refused(403, 'programme-not-yours', 'This partner takes no part in the programme', {
      detail: `${code} takes part in ${partner.programmes.join(', ')}`,
      errors: [{ pointer: '/data/programme', detail: `${event.data.programme}: not a programme of ${code}` }],
    });
  return ok(event);
}

function refused(status: number, code: string, title: Title, more: Problem['more']): Result<never, Problem> {
  return fail(new Problem(status, code, title, more));
}
