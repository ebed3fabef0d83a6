import type { Contracts, EventContract, Schema } from './contracts.js';
import { type Language, rootOf, textIn, WORDS } from './languages.js';

/** `firm-detected.v1` of `fr.gpect.enrolment.firm-detected.v1`. */
export const shortOf = (type: string): string => type.split('.').slice(-2).join('.');
/** Where an event's page stands, below the root of its language. */
export const pageOf = ({ service, type }: EventContract): string =>
  `events/${service}/${shortOf(type).replace('.', '-')}`;
/** A text as Markdown and Vue leave it. */
export const plain = (text: string): string =>
  text.replace(/[&<>{}|]/g, (c) => `&#${c.charCodeAt(0)};`).replaceAll('\n', ' ');

export function titleIn(language: Language, { french }: Pick<Contracts, 'french'>, { schema }: EventContract): string {
  const title = schema.title ?? '';
  const spaced = title.replace(/(?<!^)([A-Z])/g, (c) => ` ${c.toLowerCase()}`);
  return language === 'fr' ? (french.titles[title] ?? spaced) : spaced;
}

/** The page of one event: meaning, who sends it, who reads it, since when, fields, example, history. Markdown. */
export function eventPage(language: Language, contracts: Contracts, event: EventContract): string {
  const w = WORDS[language];
  const { schema, type } = event;
  const say = (text: string) => plain(textIn(language, contracts, text));
  const rows = [
    [w.sentBy, sendersOf(language, event)],
    [w.readBy, readersOf(language, contracts, event)],
    [w.since, versionName(language, contracts.since[type] ?? 'next')],
    [w.topic, `\`${event.topic.replace('*', '<code>')}\``],
    ...(schema['x-subject'] ? [[w.subject, `<code v-pre>${schema['x-subject']}</code>`]] : []),
    ...(schema['x-aggregate'] ? [[w.about, plain(schema['x-aggregate'])]] : []),
  ];
  return [
    `# ${titleIn(language, contracts, event)} <Badge type="info" text="${shortOf(type).split('.')[1]}" />`,
    `\`${type}\``,
    deprecationOf(language, contracts, event),
    `${say(schema.description ?? '')}`,
    `| | |\n|---|---|\n${rows.map(([name, value]) => `| **${name}** | ${value} |`).join('\n')}`,
    `## ${w.fields}`,
    `| ${w.field} | ${w.type} | | ${w.meaning} |\n|---|---|---|---|\n${fieldRows(language, contracts, schema).join('\n')}`,
    `## ${w.example}`,
    ...(schema.examples ?? []).map((example) => `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``),
    `## ${w.history}`,
    historyOf(language, contracts, type),
    `[${w.schema}](/schemas/${type}.json){target="_self" download}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function sendersOf(language: Language, { service, schema }: EventContract): string {
  const w = WORDS[language];
  if (service !== 'partner') return `${w.service} \`${service}\``;
  if (schema['x-direction'] === 'out') return `${w.service} \`partner-gateway\``;
  const roles = (schema['x-acts'] ?? []).map((role) => `\`${role}\``).join(', ');
  return `${w.partnersActing} ${roles}`;
}

function readersOf(language: Language, { bundle }: Contracts, { service, type, schema }: EventContract): string {
  const w = WORDS[language];
  if (schema['x-direction'] === 'out') return w.partners;
  const services = schema['x-owner'] ? [schema['x-owner']] : (bundle.readers[type] ?? []);
  const roles = bundle.audience[type] ?? [];
  const read = [
    ...services.map((name) => `${w.service} \`${name}\``),
    ...(roles.length > 0 && service !== 'partner'
      ? [`${w.partners} : ${roles.map((role) => w.roles[role as keyof typeof w.roles]).join(', ')}`]
      : []),
  ];
  return read.join(' ; ') || w.nobody;
}

function versionName(language: Language, version: string): string {
  return version === 'next' ? WORDS[language].next : version;
}

function deprecationOf(language: Language, { bundle }: Contracts, { schema }: EventContract): string {
  const ends = schema['x-deprecation'];
  if (!ends) return schema.deprecated ? `::: warning\n${WORDS[language].deprecated}\n:::` : '';
  const next = bundle.events.find(({ type }) => type === ends.replacedBy);
  const link = next ? ` ${WORDS[language].replaced} [${shortOf(next.type)}](${rootOf(language)}${pageOf(next)}).` : '';
  return `::: warning\n${WORDS[language].ends(ends.endsOn)}${link}\n:::`;
}

/** What each release changed of an event. */
function historyOf(language: Language, { releases }: Contracts, type: string): string {
  const w = WORDS[language];
  let before: Schema | undefined;
  const rows = releases.flatMap(([version, { events }]) => {
    const now = events.find((event) => event.type === type)?.schema;
    const was = before;
    before = now;
    if (!now) return [];
    const fields = was ? pathsOf(now).filter((path) => !pathsOf(was).includes(path)) : [];
    const said = [
      ...(was ? [] : [w.added]),
      ...(fields.length > 0 ? [`${w.newFields}: ${fields.map((f) => `\`${f}\``).join(', ')}`] : []),
      ...(now.deprecated && !was?.deprecated ? [w.deprecated] : []),
    ];
    return said.length > 0 ? [`- **${versionName(language, version)}**: ${said.join('; ')}`] : [];
  });
  return rows.join('\n');
}

const pathsOf = (schema: Schema, path = ''): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, of]) => [
    `${path}/${name}`,
    ...pathsOf(of, `${path}/${name}`),
  ]),
  ...(schema.items ? pathsOf(schema.items, `${path}/*`) : []),
];

function fieldRows(language: Language, contracts: Contracts, schema: Schema, path = ''): string[] {
  const w = WORDS[language];
  return Object.entries(schema.properties ?? {}).flatMap(([name, declared]) => {
    const of = resolved(contracts, declared);
    const item = of.items ? resolved(contracts, of.items) : undefined;
    const at = `${path}/${name}`;
    const need = schema.required?.includes(name) ? w.required : w.optional;
    const meaning = declared.description ?? of.description ?? '';
    return [
      `| <code v-pre>${at}</code> | ${typeOf(of, item)} | ${need} | ${plain(textIn(language, contracts, meaning))} |`,
      ...fieldRows(language, contracts, of, at),
      ...(item ? fieldRows(language, contracts, item, `${at}/*`) : []),
    ];
  });
}

function resolved({ bundle }: Contracts, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name ? (bundle.common.$defs[name] ?? schema) : schema;
}

function typeOf({ type, format, enum: values }: Schema, item: Schema | undefined): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(' ');
  const name = [type ?? ''].flat().join(' / ');
  return `${name}${format ? ` (${format})` : ''}${item ? ` [${typeOf(item, undefined)}]` : ''}`;
}
