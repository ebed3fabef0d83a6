// `npm run -s can-i-deploy [-- FILE]`: may the contracts of today (or of a bundle in FILE) be deployed? For each breaking
// change against every released version, who would break: the partners whose declarations send or get that event, the
// services that read it, and of an HTTP endpoint those who knock there. Exit code 1 where anybody would.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { breakingBundle } from './compatibility.mjs';
import { breakingApi } from './compatibility-of-apis.mjs';
import { apisOfToday, releasesOf } from './releases.mjs';

const nameOf = (type) => type.replace(/\.v\d+$/, '');

/**
 * By broken type, who would break. Pure.
 * @param users everybody who sends or gets events: `types` in just that version, `anyVersion` in whichever was said: who
 *   names no version gets an old one as long as it lasts, and a service casts up what lies on its topics.
 */
export function impactOf(released, next, users) {
  return breakingBundle(released, next).map((change) => {
    const type = change.split(/[ /:]/, 1)[0] ?? '';
    // What all events share concerns everybody.
    const hit = users.filter(
      ({ types, anyVersion }) =>
        type === 'common' || types.includes(type) || anyVersion.some((of) => nameOf(of) === nameOf(type)),
    );
    return { change, breaks: hit.map(({ name }) => name) };
  });
}

/** Partners by their declarations: what they send, and what they may get. */
export function partnersIn(folder, { events, audience }) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const { partner, acts = {}, doors = [], sends = [], receives } = parse(readFileSync(join(folder, file), 'utf8'));
      const roles = new Set([...Object.keys(acts), ...(acts.partner ? ['detecting'] : []), 'everyone']);
      const concern = Object.keys(audience).filter((type) => audience[type].some((of) => roles.has(of)));
      const full = sends.map((type) => (type.startsWith('fr.') ? type : `fr.gpect.partner.${type}`));
      const answers = events.flatMap(({ type, schema }) => (schema['x-direction'] === 'out' ? [type] : []));
      return {
        name: `partner ${partner}`,
        doors,
        types: [...full, ...(receives ?? []), ...answers],
        anyVersion: receives ? [] : concern,
      };
    });
}

/** Services by what they read, on each other's topics and on partners'. */
export function servicesIn({ events, readers = {} }) {
  const types = new Map();
  const reads = (service, type) => types.set(service, [...(types.get(service) ?? []), type]);
  for (const [type, services] of Object.entries(readers)) for (const service of services) reads(service, type);
  for (const { type, schema } of events) if (schema['x-owner']) reads(schema['x-owner'], type);
  return [...types].map(([service, of]) => ({ name: `service ${service}`, types: [], anyVersion: of }));
}

/** Who would break where an HTTP endpoint changes: partners without a Kafka client, at the gateway; else whoever calls the API. */
export function impactOfApis(released, next, httpPartners) {
  return breakingApi(released, next).map((change) => ({
    change,
    breaks: change.startsWith('partner-gateway') ? httpPartners : [`clients of ${change.split(/[: ]/, 1)[0]}'s API`],
  }));
}

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const next = read(process.argv[2] ?? join(home, 'generated/events.json'));
  const partners = partnersIn(join(home, '../../infra/kafka/partners'), next);
  const users = [...partners, ...servicesIn(next)];
  const overHttp = partners.flatMap(({ name, doors }) => (doors.includes('HTTP') ? [name] : []));
  const documents = apisOfToday();
  const impacts = [
    ...releasesOf('events').flatMap(([version, released]) =>
      impactOf(released, next, users).map((impact) => ({ version, ...impact })),
    ),
    ...releasesOf('openapi').flatMap(([version, released]) =>
      impactOfApis(released, documents, overHttp).map((impact) => ({ version, ...impact })),
    ),
  ];
  for (const { version, change, breaks } of impacts)
    console.log(`${version}: ${change}\n  breaks ${breaks.join(', ') || 'nobody that is declared'}`);
  console.log(
    impacts.length === 0
      ? 'yes: nothing that was released breaks'
      : `no: ${impacts.length} changes break what was released`,
  );
  process.exit(impacts.length === 0 ? 0 : 1);
}
