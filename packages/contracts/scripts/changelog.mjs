// The history of the contracts, made from the contracts themselves: what each release added, deprecated or took away.
import { isBound } from './bounds.mjs';
import { breakingBundle } from './compatibility.mjs';

/** The changelog in Markdown, newest first. @param releases `[name, bundle]`, oldest first; the last is what comes next */
export function changelog(releases) {
  const parts = releases.map(([name, bundle], i) => section(name, releases[i - 1]?.[1], bundle));
  return `# Changelog of the contracts\n\nMade by \`npm run generate -w packages/contracts\` from \`released/\` and \`events/\`.\n\n${parts.reverse().join('\n')}`;
}

/** Since when each type is there: the first release that has it. */
export function sinceOf(releases) {
  const since = {};
  for (const [name, bundle] of releases) for (const { type } of bundle.events) since[type] ??= name;
  return since;
}

function section(name, before, bundle) {
  if (!before)
    return `## ${name}\n\n${bundle.events.length} events.\n${lines(bundle.events.map(({ type, schema }) => `- ${type}: ${schema.description}`))}`;
  const known = new Map(before.events.map((e) => [e.type, e]));
  const added = bundle.events.filter(({ type }) => !known.has(type));
  const grown = bundle.events.flatMap((event) => {
    const was = known.get(event.type);
    const fields = was ? newFields(was.schema, event.schema) : [];
    return fields.length > 0 ? [`- ${event.type}: ${fields.join(', ')}`] : [];
  });
  const deprecated = bundle.events.filter((e) => e.schema.deprecated && !known.get(e.type)?.schema.deprecated);
  const parts = [
    paragraph(
      'New events',
      added.map(({ type, schema }) => `- ${type}: ${schema.description}`),
    ),
    paragraph('New optional fields', grown),
    paragraph(
      'New bounds, of events made from then on',
      bundle.events.flatMap(({ type, schema }) => {
        const was = known.get(type);
        const bounds = was ? newBounds(was.schema, schema) : [];
        return bounds.length > 0 ? [`- ${type}: ${bounds.join(', ')}`] : [];
      }),
    ),
    paragraph(
      'Deprecated',
      deprecated.map(({ type }) => `- ${type}`),
    ),
    paragraph(
      'Breaking',
      breakingBundle(before, bundle).map((change) => `- ${change}`),
    ),
  ].join('');
  return `## ${name}\n${parts || '\nNothing.\n'}`;
}

function paragraph(title, rows) {
  return rows.length === 0 ? '' : `\n### ${title}\n${lines(rows)}`;
}

const lines = (rows) => `\n${rows.join('\n')}\n`;

/** Paths of the fields that a schema has now and had not. */
function newFields(before, after, path = '') {
  const properties = Object.entries(after.properties ?? {});
  const own = properties.flatMap(([name, schema]) => {
    const was = before.properties?.[name];
    return was ? newFields(was, schema, `${path}/${name}`) : [`${path}/${name}`];
  });
  return before.items && after.items ? [...own, ...newFields(before.items, after.items, `${path}/*`)] : own;
}

/** Paths of the texts and lists that have a bound now and had none, each with it. */
function newBounds(before, after, path = '') {
  const own = Object.entries(after).flatMap(([key, value]) =>
    before[key] === undefined && key.startsWith('max') && isBound(key, value) ? [`${path} at most ${value}`] : [],
  );
  const inside = Object.entries(after.properties ?? {}).flatMap(([name, schema]) => {
    const was = before.properties?.[name];
    return was ? newBounds(was, schema, `${path}/${name}`) : [];
  });
  const items = before.items && after.items ? newBounds(before.items, after.items, `${path}/*`) : [];
  return [...own, ...inside, ...items];
}
