// `npm run -s can-i-deploy [-- FILE]`: may the contracts of today (or of a bundle in FILE) be deployed? For each breaking
// change against every released version, who would break: the partners whose declarations send or get that event, and the
// services that read it. Exit code 1 where anybody would.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { breakingBundle } from './compatibility.mjs';

/** By broken type, who would break. Pure. @param users `{ name, types }` of everybody who sends or gets events */
export function impactOf(released, next, users) {
  return breakingBundle(released, next).map((change) => {
    const type = change.split(/[ /:]/, 1)[0] ?? '';
    // What all events share concerns everybody.
    const hit = users.filter(({ types }) => type === 'common' || types.includes(type)).map(({ name }) => name);
    return { change, breaks: hit };
  });
}

/** Partners by their declarations: what they send, and what they may get. */
export function partnersIn(folder, { events, audience }) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const { partner, acts = {}, sends = [], receives } = parse(readFileSync(join(folder, file), 'utf8'));
      const roles = new Set([...Object.keys(acts), ...(acts.partner ? ['detecting'] : []), 'everyone']);
      const gets = receives ?? Object.keys(audience).filter((type) => audience[type].some((of) => roles.has(of)));
      const full = sends.map((type) => (type.startsWith('fr.') ? type : `fr.gpect.partner.${type}`));
      const answers = events.flatMap(({ type, schema }) => (schema['x-direction'] === 'out' ? [type] : []));
      return { name: `partner ${partner}`, types: [...full, ...gets, ...answers] };
    });
}

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const next = read(process.argv[2] ?? join(home, 'generated/events.json'));
  const services = next.events.map((e) => e.service);
  const users = [
    ...partnersIn(join(home, '../../infra/kafka/partners'), next),
    {
      name: `services that read the topic (${[...new Set(services)].join(', ')})`,
      types: next.events.map((e) => e.type),
    },
  ];
  let broken = 0;
  for (const file of readdirSync(join(home, 'released')))
    for (const { change, breaks } of impactOf(read(join(home, 'released', file)), next, users)) {
      broken++;
      console.log(`${file}: ${change}\n  breaks ${breaks.join(', ') || 'nobody that is declared'}`);
    }
  console.log(broken === 0 ? 'yes: nothing that was released breaks' : `no: ${broken} changes break what was released`);
  process.exit(broken === 0 ? 0 : 1);
}
