import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSALS_IN_FRENCH } from '@gpect/contracts/refusals-in-french';
import { own } from '@gpect/domain-values/records';
import { UPLOAD_MESSAGES } from '@gpect/file-uploads/upload-messages';
import { RIGHTS_MESSAGES } from '@gpect/service-kit/rights/rights-messages';
import { listed, type Message, withoutDialect } from '@gpect/tabular-files/messages';
import { UNREADABLE } from '@gpect/tabular-files/unreadable';
import { expect, test } from '@jest/globals';
import { IMPORT_FAULTS, IMPORT_LINE_MESSAGES, IMPORT_REMARKS } from './messages.js';

/** The page that lists what a clerk can be told; made from the messages themselves: `UPDATE_MESSAGES=1 npm test -w packages/file-imports -- src/messages.test.ts`. */
const PAGE = new URL('../../../docs/partners/messages-des-imports.md', import.meta.url);

type French = readonly [what: string, todo: string];

function section(title: string, messages: readonly (readonly [string, French])[]): string {
  const cell = (text: string) => listed(text).replaceAll('|', '\\|');
  const rows = messages.map(([code, [what, todo]]) => `| \`${code.split('.')[0]}\` | ${cell(what)} | ${cell(todo)} |`);
  return [`## ${title}`, '', '| code | message | que faire |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** What only a file that is read by a dialect, and declares something, can be told. */
const BY_DIALECT = new Set([
  ...['malformed.dialect', 'encoding_differs', 'delimiter_differs', 'sheet_missing.named', 'sheet_not_named'],
]);

const french = (messages: Readonly<Record<string, Message>>) =>
  Object.entries(messages)
    .filter(([code]) => !BY_DIALECT.has(code))
    .map(([code, { fr }]) => [code, [withoutDialect(fr[0]), withoutDialect(fr[1])]] as const);

const page = () =>
  [
    '# Les messages sur les tableaux de détections, séances, ateliers, présences et réponses',
    '',
    'Tout ce que l’aperçu, le compte rendu et le fichier des lignes refusées peuvent dire, avec ce qu’il faut faire. Les codes',
    'sont stables ; `{…}` est remplacé par ce que dit votre fichier. En anglais sur demande (`Accept-Language: en`).',
    '',
    section('Le fichier n’est pas pris, ou ne peut pas être rendu', french(UPLOAD_MESSAGES)),
    section('Le fichier entier est refusé', french({ ...UNREADABLE, ...IMPORT_FAULTS })),
    section('Une ligne est refusée pour une cellule', french(IMPORT_LINE_MESSAGES)),
    section('Une ligne est refusée par une règle du programme', Object.entries(REFUSALS_IN_FRENCH)),
    section('Une ligne est refusée parce qu’elle n’est pas à vous', french(RIGHTS_MESSAGES)),
    section('Remarques : rien n’est refusé', french(IMPORT_REMARKS)),
  ].join('\n');

test('every message that a clerk can get is on the page for partners, with what to do', () => {
  if (process.env['UPDATE_MESSAGES']) writeFileSync(PAGE, page());
  expect(readFileSync(PAGE, 'utf8')).toBe(page());
});

test('nobody without a dialect is told of one', () => {
  expect(page()).not.toMatch(/dialect|financeur peut/i);
});

test.each(
  Object.entries({
    ...UPLOAD_MESSAGES,
    ...RIGHTS_MESSAGES,
    ...IMPORT_FAULTS,
    ...IMPORT_LINE_MESSAGES,
    ...IMPORT_REMARKS,
  }) as [string, Message][],
)('%s says the same in both languages', (_code, { fr, en }) => {
  const names = (texts: readonly string[]) => [...new Set(texts.join(' ').match(/\{\w+\}/g))].sort();
  expect(names(fr)).toEqual(names(en));
});

/** The codes of refusals that stand in a source and in those of its service that it is made of. */
function codesWithin(source: string, seen = new Set<string>()): string[] {
  if (seen.has(source) || !existsSync(source)) return [];
  seen.add(source);
  const text = readFileSync(source, 'utf8');
  const made = [
    ['', /code: '(\w+)'/g],
    ['_unknown', /notKnown\(\s*'(\w+)'/g],
    ['_differs', /saidOtherwise\(\s*'(\w+)'/g],
    ['_twice', /namedTwice\(\s*'(\w+)'/g],
  ] as const;
  const own = made.flatMap(([end, found]) => [...text.matchAll(found)].map(([, name]) => `${name}${end}`));
  const others = [...text.matchAll(/from '(\.[^']+)\.js'/g)].map(([, name]) => join(source, '..', `${name}.ts`));
  return [...own, ...others.flatMap((other) => codesWithin(other, seen))];
}

const root = new URL('../../..', import.meta.url).pathname;
const FILES = ['enrolment', 'consulting', 'workshops', 'evaluation'].flatMap((service) => {
  const folder = `apps/${service}/src`;
  const names = readdirSync(join(root, folder), { recursive: true }) as string[];
  return names.filter((name) => name.endsWith('-file.ts')).map((name) => join(folder, name));
});
test('every service that takes files is looked at', () => expect(FILES).toHaveLength(4));

test.each([...FILES, 'packages/service-kit/src/aggregate/refusals.ts'])(
  'every refusal that a line can get of %s is said in French, with what to do',
  (source) => {
    const without = codesWithin(join(root, source)).filter((code) => !own(REFUSALS_IN_FRENCH, code));
    expect([...new Set(without)]).toEqual([]);
  },
);
