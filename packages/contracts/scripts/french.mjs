// The French of the contracts: of events it stands in their schemas (`x-fr` beside `description`, `x-fr-title` beside `title`), of
// the partners' HTTP endpoint in translations/partner-gateway.fr.json.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const OF_HTTP = 'translations/partner-gateway.fr.json';
const read = (file) => JSON.parse(readFileSync(join(HOME, file), 'utf8'));

/** Every file of events with its schema. */
export function eventFiles() {
  return readdirSync(join(HOME, 'events'), { recursive: true })
    .map((name) => `events/${String(name).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => [file, read(file)]);
}

/** French by English, of titles and of texts. */
export function frenchOf(files = eventFiles()) {
  const titles = {};
  const texts = existsSync(join(HOME, OF_HTTP)) ? read(OF_HTTP) : {};
  for (const [, schema] of files) {
    if (schema['x-fr-title']) titles[schema.title] = schema['x-fr-title'];
    for (const { text, french } of textsIn(schema)) if (french) texts[text] = french;
  }
  return { titles, texts };
}

/** What the schemas lack or say in two ways, each with its file and key. */
export function faultsOfFrench(files) {
  const known = new Map();
  return files.flatMap(([file, schema]) => {
    const title = file.includes('common') || schema['x-fr-title'] ? [] : [`${file}: x-fr-title is missing`];
    const audience =
      file.startsWith('events/common') || file.startsWith('events/partner/') || Array.isArray(schema['x-audience'])
        ? []
        : [`${file}: x-audience is missing: which partners get it; [] where it is the services' own`];
    const texts = textsIn(schema).flatMap(({ pointer, text, french }) => {
      if (!french) return [`${file} ${pointer}/x-fr is missing: the French of "${text}"`];
      const before = known.get(text) ?? french;
      known.set(text, before);
      return before === french ? [] : [`${file} ${pointer}/x-fr: "${text}" is said "${before}" elsewhere`];
    });
    return [...title, ...audience, ...texts];
  });
}

/** Texts of the partners' endpoint that have no French, and French that it has no text for. */
export function faultsOfFrenchOfHttp(document, { texts }) {
  const said = new Set(textsOfDocument(document));
  return [
    ...[...said].filter((text) => !texts[text]).map((text) => `${OF_HTTP}: the French of "${text}" is missing`),
    ...Object.keys(read(OF_HTTP))
      .filter((text) => !said.has(text))
      .map((text) => `${OF_HTTP}: no document says "${text}"`),
  ];
}

/** Every described place of a schema. */
function textsIn(schema, pointer = '') {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    typeof schema.description === 'string' ? [{ pointer, text: schema.description, french: schema['x-fr'] }] : [];
  const inside = Object.entries(schema).filter(([key]) => !['examples', 'enum', 'const', 'default'].includes(key));
  return [...own, ...inside.flatMap(([key, value]) => textsIn(value, `${pointer}/${key}`))];
}

function textsOfDocument(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(['description', 'summary', 'title'].includes(key) && typeof inner === 'string' ? [inner] : []),
    ...(['examples', 'example'].includes(key) ? [] : textsOfDocument(inner)),
  ]);
}
