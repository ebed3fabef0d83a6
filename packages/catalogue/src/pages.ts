import { changelog } from '@gpect/contracts/scripts/changelog.mjs';
import type { Contracts, EventContract } from './contracts.js';
import { eventPage, pageOf, plain, shortOf, titleIn } from './event-page.js';
import { documentIn, LANGUAGES, type Language, rootOf, textIn, WORDS } from './languages.js';

/** The conformance kit, beside the pages. */
export const KIT = 'gpect-partner-kit.tgz';

/** Every page of the catalogue in Markdown, by its path. Pure. */
export function pagesOf(contracts: Contracts): Map<string, string> {
  const pages = new Map<string, string>();
  for (const language of LANGUAGES) {
    const folder = rootOf(language).slice(1);
    pages.set(`${folder}index.md`, indexPage(language, contracts));
    pages.set(`${folder}http.md`, httpPage(language, contracts));
    pages.set(`${folder}changes.md`, changesPage(language, contracts));
    for (const event of contracts.bundle.events)
      pages.set(`${folder}${pageOf(event)}.md`, eventPage(language, contracts, event));
  }
  return pages;
}

type Group = keyof (typeof WORDS)['fr']['groups'];

/** The events in the order in which a partner wants them: what it sends, what it gets, then service by service. */
export function groupsOf({ bundle }: Contracts): [Group, readonly EventContract[]][] {
  const groupOf = ({ service, schema }: EventContract): Group =>
    service === 'partner' ? (schema['x-direction'] === 'out' ? 'out' : 'in') : (service as Group);
  return (Object.keys(WORDS.fr.groups) as Group[]).map((group) => [
    group,
    bundle.events.filter((event) => groupOf(event) === group),
  ]);
}

function indexPage(language: Language, contracts: Contracts): string {
  const w = WORDS[language];
  const row = (event: EventContract) =>
    `| [${titleIn(language, contracts, event)}](${rootOf(language)}${pageOf(event)}) | \`${shortOf(event.type)}\` | ${plain(textIn(language, contracts, event.schema.description ?? ''))} |`;
  return [
    `# ${w.title}`,
    w.intro,
    ...groupsOf(contracts).flatMap(([group, events]) => [
      `## ${w.groups[group]}`,
      `| ${w.events} | ${w.type} | ${w.meaning} |\n|---|---|---|\n${events.map(row).join('\n')}`,
    ]),
    `## ${w.files}`,
    [
      `- [${w.asyncapi}](/asyncapi.${language}.json){target="_self" download}`,
      `- [${w.kit}](/${KIT}){target="_self" download}: ${w.kitUse} \`npx --yes https://…/${KIT} check --partner CODE FILE\``,
    ].join('\n'),
  ].join('\n\n');
}

function httpPage(language: Language, { apis }: Contracts): string {
  const w = WORDS[language];
  const link = (name: string) => {
    const file = apiFile(language, name);
    return `- **${name}**: [${w.interactive}](/http/${file}.html){target="_self"}, [${w.openapi}](/openapi/${file}.json){target="_self" download}`;
  };
  const names = Object.keys(apis).sort((a, b) => Number(b === 'partner-gateway') - Number(a === 'partner-gateway'));
  return [`# ${w.http}`, w.onlyEnglish, names.map(link).join('\n')].join('\n\n');
}

/** Name of the document of an API in a language: French alone for the endpoint that partners knock at. */
function apiFile(language: Language, name: string): string {
  return name === 'partner-gateway' ? `${name}.${language}` : `${name}.en`;
}

const HEADINGS: Readonly<Record<string, string>> = {
  '# Changelog of the contracts': '# Changements des contrats',
  '### New events': '### Nouveaux événements',
  '### New optional fields': '### Nouveaux champs facultatifs',
  '### Deprecated': '### Fin annoncée',
  '### Breaking': '### Ruptures',
  '## next': '## Prochaine version',
  'Nothing.': 'Rien.',
};

function changesPage(language: Language, contracts: Contracts): string {
  const text = changelog(documentIn(language, contracts, contracts.releases));
  const lines = text.split('\n').map((line) => (language === 'fr' ? (HEADINGS[line] ?? line) : line));
  return lines
    .filter((line) => !line.startsWith('Made by'))
    .map((line) => (line.startsWith('- ') ? `- ${plain(line.slice(2))}` : line))
    .join('\n');
}

/** The files that go beside the pages, by their path: schemas, AsyncAPI, OpenAPI, and a page to browse each API. */
export function filesOf(contracts: Contracts): Map<string, string> {
  const files = new Map<string, string>();
  const json = (path: string, value: unknown) => files.set(path, `${JSON.stringify(value, null, 1)}\n`);
  json('common.schema.json', contracts.bundle.common);
  for (const { type, schema } of contracts.bundle.events) json(`schemas/${type}.json`, schema);
  for (const language of LANGUAGES) {
    json(`asyncapi.${language}.json`, documentIn(language, contracts, contracts.asyncapi));
    for (const [name, document] of Object.entries(contracts.apis)) {
      const file = apiFile(language, name);
      if (!file.endsWith(language)) continue;
      json(`openapi/${file}.json`, documentIn(language, contracts, document));
      files.set(`http/${file}.html`, apiHtml(language, name, file));
    }
  }
  files.set('http/show.js', SHOW);
  return files;
}

const SHOW = `const { url } = document.getElementById('api').dataset;
SwaggerUIBundle({ url, dom_id: '#api', supportedSubmitMethods: [], defaultModelsExpandDepth: 0 });
`;

function apiHtml(language: Language, name: string, file: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>
<link rel="stylesheet" href="../swagger-ui/swagger-ui.css"></head>
<body><p><a href="..${rootOf(language)}http.html">${WORDS[language].http}</a></p><div id="api" data-url="../openapi/${file}.json"></div>
<script src="../swagger-ui/swagger-ui-bundle.js"></script><script src="show.js"></script></body>
</html>
`;
}
