import { partnerTopic } from '@gpect/contracts/partner-topics';
import { allPartners } from '@gpect/partner-events/known-partners';
import type { HealthPart } from '@gpect/service-kit/health/health';
import type { EventBus } from '@gpect/service-kit/kafka/kafka';
import type mongoose from 'mongoose';

const WAYS = ['in', 'out'] as const;

/** The topics that partners who take part should have and do not. */
export async function missingTopics(
  connection: mongoose.Connection,
  bus: Pick<EventBus, 'existing'>,
): Promise<string[]> {
  const there = new Set(await bus.existing(WAYS.map((way) => partnerTopic('*', way))));
  const wanted = (await allPartners(connection)).flatMap(({ partner }) =>
    WAYS.map((way) => partnerTopic(partner, way)),
  );
  return wanted.filter((topic) => !there.has(topic));
}

/** Pure. */
export function partnerTopicsHealth(missing: readonly string[] | undefined): HealthPart {
  if (!missing) return { state: 'degraded', detail: 'not known while Kafka or the database does not answer' };
  if (missing.length === 0) return { state: 'ok', detail: 'each partner has its topics' };
  return {
    state: 'degraded',
    detail: `there is no topic ${missing.join(', ')}: what these partners send waits unanswered, or is not taken over HTTP, others do not wait; make it (runbook: partners)`,
  };
}
