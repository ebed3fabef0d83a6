import { parseArgs } from 'node:util';
import { type ApiClient, SERVICES, type Service } from '@gpect/programme/api-client';
import { endpointsOfOperations } from '../operations.js';

interface Parked {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly type: string;
  readonly subject: string;
  readonly partner?: string;
  readonly reason: string;
  readonly parkedAt: string;
}

const USAGE = `npm run dlq -- list    [--service S] [--partner P] [--type T] [--subject S] [--reason R] [--since I] [--until I]
npm run dlq -- show    TOPIC/PARTITION/OFFSET
npm run dlq -- replay  [the same filters]            takes them again, in their order
npm run dlq -- discard [the same filters] --because WHY   puts them aside; they are kept
npm run dlq -- stopped [--service S]                 partitions that are not read on, why, and what to do
npm run dlq -- resume  TOPIC/PARTITION --service S --from beginning|here   reads one on
npm run dlq -- stuck   [--service S] [--topic T] [--key K]   what cannot be published, why, and what to do
npm run dlq -- publish [the same filters]            tries to publish it now; by itself it is tried within a minute
npm run dlq -- give-up [--id I and the same filters] --because WHY   does not publish it; it is kept
`;
const OPERATIONS = { roles: ['operations'], subject: process.env['USER'] ?? 'operations' } as const;

/** The events that services could not take: looked at, taken again, put aside. Each write is in the services' audit trails. */
export async function dlq(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      service: text,
      partner: text,
      type: text,
      subject: text,
      reason: text,
      since: text,
      until: text,
      because: text,
      from: text,
      topic: text,
      key: text,
      id: text,
    },
  });
  const [what, place] = positionals;
  const { service, because, from, topic, key, id, ...filter } = values;
  const meant = withoutUndefined({ topic, key, id });
  const services = service ? SERVICES.filter((s) => s === service) : SERVICES;
  if (services.length === 0) return usage(`no service ${service}; there are ${SERVICES.join(', ')}`);
  const api = endpointsOfOperations();
  if (what === 'list') return list(api, services, filter);
  if (what === 'show' && place) return show(api, services, place);
  if (what === 'replay') {
    for (const of of services) say(of, await api.ask(of, OPERATIONS, '/dead-letters/replay', filter));
    return 0;
  }
  if (what === 'discard') {
    if (!because) return usage('say why: --because "…"');
    for (const of of services) say(of, await api.ask(of, OPERATIONS, '/dead-letters/discard', { ...filter, because }));
    return 0;
  }
  if (what === 'stuck') return stuck(api, services, meant);
  if (what === 'publish') {
    for (const of of services) say(of, await api.ask(of, OPERATIONS, '/stuck-messages/retry', meant));
    return 0;
  }
  if (what === 'give-up') {
    if (!because) return usage('say why: --because "…"');
    for (const of of services) say(of, await api.ask(of, OPERATIONS, '/stuck-messages/discard', { ...meant, because }));
    return 0;
  }
  if (what === 'stopped') return stopped(api, services);
  if (what === 'resume') {
    const [of] = services;
    if (!place || !service || !of || !from) return usage('say which partition, of which --service, --from where');
    say(of, await api.ask(of, OPERATIONS, '/stopped-partitions/resume', { partition: place, from }));
    return 0;
  }
  return usage('');
}

interface StuckMessage {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly since: string;
  readonly tries: number;
  readonly reason: string;
}

async function stuck(
  api: ApiClient,
  services: readonly Service[],
  { topic, key }: Readonly<Record<string, string>>,
): Promise<number> {
  const query = new URLSearchParams(withoutUndefined({ topic, key }));
  let found = 0;
  for (const service of services) {
    const answer = (await api.get(service, OPERATIONS, `/stuck-messages?${query}`)) as {
      stuck: readonly StuckMessage[];
    };
    found += answer.stuck.length;
    for (const { id, topic: to, key: of, type, since, tries, reason } of answer.stuck)
      process.stdout.write(`${service}  ${id}  ${since}, tried ${tries} times\n  ${to}  ${type}  ${of}\n  ${reason}\n`);
  }
  process.stdout.write(`${found} cannot be published\n`);
  return 0;
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
}

async function stopped(api: ApiClient, services: readonly Service[]): Promise<number> {
  let found = 0;
  for (const service of services) {
    const answer = await api.get(service, OPERATIONS, '/stopped-partitions');
    for (const { partition, reason } of (answer as { stopped: readonly { partition: string; reason: string }[] })
      .stopped) {
      found++;
      process.stdout.write(`${service}  ${partition}\n  ${reason}\n`);
    }
  }
  process.stdout.write(`${found} stopped\n`);
  return 0;
}

async function list(
  api: ApiClient,
  services: readonly Service[],
  filter: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const query = new URLSearchParams(withoutUndefined(filter));
  let found = 0;
  for (const service of services) {
    const { parked } = (await api.get(service, OPERATIONS, `/dead-letters?${query}`)) as {
      parked: readonly Parked[];
    };
    found += parked.length;
    for (const { topic, partition, offset, type, subject, reason, parkedAt } of parked)
      process.stdout.write(
        `${service}  ${topic}/${partition}/${offset}  ${parkedAt}\n  ${type}  ${subject}\n  ${reason}\n`,
      );
  }
  process.stdout.write(`${found} parked\n`);
  return 0;
}

async function show(api: ApiClient, services: readonly Service[], place: string): Promise<number> {
  for (const service of services) {
    const found = await api.get(service, OPERATIONS, `/dead-letters/${place}`).catch(() => undefined);
    if (!found) continue;
    process.stdout.write(`${JSON.stringify({ service, ...found }, null, 2)}\n`);
    return 0;
  }
  process.stderr.write(`nothing is parked from ${place}\n`);
  return 1;
}

function say(service: Service, result: unknown): void {
  process.stdout.write(`${service}: ${JSON.stringify(result)}\n`);
}

function usage(why: string): number {
  process.stderr.write(`${why}${why ? '\n' : ''}${USAGE}`);
  return 64;
}
