import { partnerTopic } from '@gpect/contracts/partner-topics';
import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import { Problem, type ProblemFault } from '@gpect/service-kit/http/problem';
import { findPartner } from '@gpect/service-kit/partners/known-partners';
import { readPartnerEvent } from '@gpect/service-kit/partners/partner-event';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Response, Router } from 'express';
import { deprecationsOf } from '../deprecation/announced.js';
import type { Entrance } from './entrance.js';
import { type Received, readRequest } from './read-request.js';
import { Recent } from './recent.js';

export function receivingRoutes({ connection, runner, logger }: ServiceContext, entrance: Entrance): Router {
  const partners = new Recent((code) => findPartner(connection, code));
  const deprecations = new Recent(() => deprecationsOf(runner));
  return Router().post('/partners/:partner/events', async (request, response) => {
    const { partner: code } = request.params;
    const events = readRequest(request.headers, request.body);
    const partner = await partners.get(code);
    const faults = events.flatMap((event) => {
      const read = readPartnerEvent(event, code, partner, Date.now());
      return read.ok ? [] : [{ event, problem: read.fault }];
    });
    const [first] = faults;
    if (first) {
      const { type, status, title, detail } = first.problem;
      const problemCode = type.split(':').at(-1) ?? 'refused';
      const errors = faults.flatMap(({ event: { at, id }, problem }): ProblemFault[] =>
        (problem.errors ?? [{ detail: problem.detail ?? problem.title }]).map((fault) => ({
          ...(fault.pointer || at
            ? {
                pointer: `${at}${at && fault.pointer && !fault.pointer.startsWith('/') ? '/' : ''}${fault.pointer ?? ''}`,
              }
            : {}),
          detail: at ? `${id ?? 'an event without id'}: ${fault.detail}` : fault.detail,
        })),
      );
      throw new Problem(status, problemCode, title, { ...(detail ? { detail } : {}), errors });
    }
    try {
      await entrance.publish(events.map((event) => toMessage(event, code)));
    } catch (error) {
      logger.warn({ err: error }, 'the brokers did not take what came over HTTP');
      throw new Problem(503, 'try-again', 'Kafka cannot be reached now', {
        detail: 'nothing is lost: send the same events again under the same ids',
      });
    }
    await sayDeprecation(response, events);
    response.status(202).json({ kept: events.map((event) => event.id) });
  });

  /** RFC 9745 and 8594: the sender of a version that ends is told so by each answer. */
  async function sayDeprecation(response: Response, events: readonly Received[]): Promise<void> {
    const ends = (await deprecations.get('all')).find(({ contract }) => events.some((e) => e.type === contract));
    if (!ends) return;
    response.set('deprecation', `@${Date.parse(ends.announcedOn) / 1000}`);
    response.set('sunset', new Date(`${ends.endsOn}T23:59:59Z`).toUTCString());
    if (ends.replacedBy) response.set('link', `<urn:gpect:events:${ends.replacedBy}>; rel="successor-version"`);
  }
}

function toMessage({ id, source, type, subject, time, data, traceparent }: Received, code: string): OutgoingMessage {
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
