import type { Received } from '@gpect/partner-events/sent-request';
import { Problem } from '@gpect/service-kit/http/problem';
import type { NotPublished } from '@gpect/service-kit/kafka/publisher';

const NOT_TAKEN = 'nothing is lost: send the same events again under the same ids';
const UNSURE =
  'the brokers have not said yet whether they took it: send the same events again under the same ids, they are taken once';
const OF_TOPIC =
  'this does not pass by itself, and nothing of it was kept: operations have to mend it on the brokers, and see it in the log; tell them, and send the same events again under the same ids once it is mended';

/** What each event is refused for by the brokers, as its sender is to be told: nothing that it could mend is left out. */
const OF_EVENT = new Map([
  [
    'size',
    (id: string) =>
      `${id} is larger than the brokers take now: sent again as it is, it is refused again; send less at once, or shorter texts, or ask operations to raise max.message.bytes of the topic`,
  ],
  ['message', (id: string) => `${id} is refused by the brokers as it is, and would be again: ask operations why`],
]);

/**
 * What came of events at the brokers, as their sender is told; undefined where they hold all of them. What passes is 503:
 * the same again. What does not is 413 or 422 by the fault of an event, 500 by one of ours. Pure.
 */
export function problemOfBrokers(
  events: readonly Pick<Received, 'at' | 'id'>[],
  came: readonly (NotPublished | undefined)[],
): Problem | undefined {
  const failed = came.filter((one) => one !== undefined);
  if (failed.length === 0) return undefined;
  const passing = failed.filter(({ refused }) => refused === undefined);
  if (passing.length > 0)
    return new Problem(503, 'try-again', 'Kafka does not take it now', {
      detail: passing.some(({ maybe }) => maybe) ? UNSURE : NOT_TAKEN,
    });
  const errors = events.flatMap(({ at, id }, i) => {
    const refused = came[i]?.refused;
    const why = OF_EVENT.get(refused ?? '');
    return why ? [{ refused, pointer: at, detail: why(id ?? 'the event') }] : [];
  });
  if (errors.length === 0)
    return new Problem(500, 'topic-refused', 'The programme cannot write to the topic of this partner', {
      detail: OF_TOPIC,
    });
  const large = errors.some(({ refused }) => refused === 'size');
  return new Problem(
    large ? 413 : 422,
    large ? 'event-too-large' : 'event-refused-by-brokers',
    large ? 'Too large' : 'Refused',
    {
      ...(errors.length < events.length
        ? { detail: 'the events that are not named are kept: they may be sent again with those that are mended' }
        : {}),
      errors: errors.map(({ pointer, detail }) => ({ pointer, detail })),
    },
  );
}
