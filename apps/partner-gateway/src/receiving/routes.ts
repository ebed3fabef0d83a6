import { findPartner } from '@gpect/partner-events/known-partners';
import { toSentMessage } from '@gpect/partner-events/sent-message';
import { problemOfSent, type Received, readRequest } from '@gpect/partner-events/sent-request';
import type { OutgoingMessage } from '@gpect/service-kit/events/cloudevents';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { Problem, type ProblemFault } from '@gpect/service-kit/http/problem';
import type { NotPublished } from '@gpect/service-kit/kafka/publisher';
import { MOST_MESSAGE_BYTES, sizeOf } from '@gpect/service-kit/kafka/size';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Response } from 'express';
import { deprecationsOf } from '../deprecation/announced.js';
import type { Entrance } from './entrance.js';
import { problemOfBrokers } from './problem-of-brokers.js';
import { Recent } from './recent.js';

/** No topic takes it: its sender is told before it is kept. */
function tooLarge({ at, id }: Received, message: OutgoingMessage | undefined): ProblemFault[] {
  const bytes = message ? sizeOf(message) : 0;
  if (bytes <= MOST_MESSAGE_BYTES) return [];
  const detail = `${id ?? 'the event'} has ${bytes} bytes, more than the ${MOST_MESSAGE_BYTES} that one event may have: send less at once, or shorter texts`;
  return [{ pointer: at, detail }];
}

export function receivingRoutes({ connection, runner, logger }: ServiceContext, entrance: Entrance) {
  const partners = new Recent((code) => findPartner(connection, code));
  const deprecations = new Recent(() => deprecationsOf(runner));
  /** RFC 9745 and 8594: the sender of a version that ends is told so by each answer. */
  async function sayDeprecation(response: Response, events: readonly Received[]): Promise<void> {
    const ends = (await deprecations.get('all')).find(({ contract }) => events.some((e) => e.type === contract));
    if (!ends) return;
    response.set('deprecation', `@${Date.parse(ends.announcedOn) / 1000}`);
    response.set('sunset', new Date(`${ends.endsOn}T23:59:59Z`).toUTCString());
    if (ends.replacedBy) response.set('link', `<urn:gpect:events:${ends.replacedBy}>; rel="successor-version"`);
  }

  return {
    'POST /partners/{partner}/events': async ({ params: { partner: code }, body, request }, response) => {
      const events = readRequest(request.headers['content-type'], request.headersDistinct, body);
      const problem = problemOfSent(events, code, await partners.get(code), Date.now());
      if (problem) throw problem;
      const messages = events.map((event) => toSentMessage(event, code));
      const large = events.flatMap((event, i) => tooLarge(event, messages[i]));
      if (large.length > 0) throw new Problem(413, 'event-too-large', 'Too large', { errors: large });
      const came = await entrance
        .publish(messages)
        .catch((error: unknown): NotPublished[] => events.map(() => ({ reason: String(error) })));
      const failed = problemOfBrokers(events, came);
      if (failed) {
        logger.warn({ partner: code, came: came.filter((one) => one) }, 'the brokers did not take what came over HTTP');
        throw failed;
      }
      await sayDeprecation(response, events);
      response.status(202).json({ kept: events.flatMap((event) => event.id ?? []) });
    },
  } satisfies Partial<OwnRoutes<'partner-gateway'>>;
}
