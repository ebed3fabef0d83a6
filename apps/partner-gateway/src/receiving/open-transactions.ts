import { partnerOfTopic } from '@gpect/contracts/partner-topics';
import type { HealthPart } from '@gpect/service-kit/health/health';
import { type OpenTransaction, openTransactions } from '@gpect/service-kit/kafka/records/open-transactions';

/** How long a partner's transaction may be open before somebody has to look (s): clients end theirs within a minute by default. */
const LONG_SECONDS = 60;

/** The transactions that partners left open: what they send after them, over HTTP too, waits until they end. */
const ofPartners = (found: readonly OpenTransaction[]) =>
  found.flatMap((one) => {
    const partner = partnerOfTopic(one.topic, 'in');
    return partner === undefined ? [] : [{ ...one, partner }];
  });

/** The age of the oldest (s); 0 where there is none. */
export function oldestOpenTransaction(): number {
  return ofPartners(openTransactions.at(performance.now()))[0]?.seconds ?? 0;
}

export function transactionsHealth(found = openTransactions.at(performance.now())): HealthPart {
  const said = ofPartners(found).map(
    ({ partner, offset, seconds }) => `${partner} for ${Math.round(seconds)} s (from offset ${offset} on)`,
  );
  if (said.length === 0) return { state: 'ok', detail: 'no partner has a transaction open' };
  const detail = `transactions are open of ${said.join(', ')}`;
  if (!found.some(({ topic, seconds }) => seconds >= LONG_SECONDS && partnerOfTopic(topic, 'in') !== undefined))
    return { state: 'ok', detail };
  return {
    state: 'degraded',
    detail: `${detail}: all that they send after it waits, over HTTP too; tell them to commit or abort it (the brokers end it after its transaction.timeout.ms), or abort it by kafka-transactions.sh`,
  };
}
