import { AUDIENCE_TYPES } from '@gpect/contracts/event-contracts';
import { partnerTopic } from '@gpect/contracts/partner-topics';
import { castTo } from '@gpect/contracts/versions/versions';
import { todayInParis } from '@gpect/domain-values/calendar';
import { allPartners, PARTNER_TYPES } from '@gpect/partner-events/known-partners';
import { type OutgoingMessage, toMessage } from '@gpect/service-kit/events/cloudevents';
import type { DomainEvent, EventContext, RecordedEvent } from '@gpect/service-kit/events/event';
import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { endedBy } from '../deprecation/announced.js';
import { readable } from '../keeping/readable.js';
import { concerned } from './concerned.js';
import { keepInvolved, LEARNT_FROM, learnt, loadInvolved, thingsOf } from './facts.js';
import { tellInOrder } from './in-order.js';
import { versionFor } from './version-for.js';

/**
 * Puts each event on the topics of the partners that it concerns, as it was said: same id, source and sequence,
 * cast to the version that each reads, each aggregate in its order. What is learnt of who has part in what, and what is forwarded, is one transaction with the place reached.
 */
export function forwardEvents({ connection, runner }: ServiceContext): Projection<RecordedEvent> {
  return {
    kind: 'projection',
    types: AUDIENCE_TYPES,
    changesOf: (event) => (isOfPartners(event) ? [] : [event]),
    apply: async (all, session) => {
      if (all.length === 0) return;
      const partners = await allPartners(connection, session);
      // Where nobody takes part yet, only who has part in what is learnt.
      const events = partners.length > 0 ? all : all.filter(({ type }) => LEARNT_FROM.has(type));
      if (events.length === 0) return;
      const ids = events.flatMap((event) => Object.values(thingsOf(event)));
      const known = await loadInvolved(connection, ids, session);
      const actions = [...known.values()].flatMap(({ action }) => (action && !known.has(action) ? [action] : []));
      for (const [id, of] of await loadInvolved(connection, actions, session)) known.set(id, of);
      const ended = await endedBy(runner, todayInParis(new Date()));
      const changed = new Set<string>();
      const messages: OutgoingMessage[] = [];
      for (const event of events) {
        const now = learnt(event, known);
        if (now) {
          known.set(now._id, now);
          changed.add(now._id);
        }
        for (const partner of concerned(event, known, partners)) {
          const version = versionFor(event.type, partner, ended);
          messages.push(copyFor(partner.partner, event, castTo(version, event) as DomainEvent));
        }
      }
      await keepInvolved(
        connection,
        [...changed].flatMap((id) => known.get(id) ?? []),
        session,
      );
      await tellInOrder(connection, messages, session);
    },
  };
}

const isOfPartners = ({ type }: RecordedEvent): boolean => (PARTNER_TYPES as readonly string[]).includes(type);

function copyFor(code: string, context: EventContext, said: DomainEvent): OutgoingMessage {
  const { id, source, subject, time, sequence, correlationid, causationid, traceparent } = context;
  const attributes = {
    id,
    source,
    subject,
    time,
    sequence,
    ...(correlationid ? { correlationid } : {}),
    ...(causationid ? { causationid } : {}),
    ...(traceparent ? { traceparent } : {}),
  };
  const message = toMessage(said, attributes);
  return { ...message, topic: partnerTopic(code, 'out'), value: readable(message.value) };
}
