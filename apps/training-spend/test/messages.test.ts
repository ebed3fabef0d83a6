import { readFileSync, writeFileSync } from 'node:fs';
import { UPLOAD_MESSAGES } from '@gpect/file-uploads/upload-messages';
import { listed, type Message } from '@gpect/tabular-files/messages';
import { UNREADABLE } from '@gpect/tabular-files/unreadable';
import { expect, test } from '@jest/globals';
import { CONTRADICTIONS } from '../src/dialect/contradictions.js';
import { FILE_REMARKS, TABLE_FAULTS } from '../src/dialect/file-messages.js';
import { PROPOSAL_FAULTS } from '../src/preview/proposal-faults.js';
import { DROP_FAULTS } from '../src/receiving/drop-faults.js';
import { LINE_MESSAGES } from '../src/spend-line/line-messages.js';

/** The page that lists what a clerk can be told; made from the messages themselves: `UPDATE_MESSAGES=1 npm test -w apps/training-spend -- test/messages.test.ts`. */
const PAGE = new URL('../../../docs/partners/messages-des-fichiers.md', import.meta.url);

function section(title: string, messages: Readonly<Record<string, Message>>): string {
  const rows = Object.entries(messages).map(
    ([code, { fr }]) =>
      `| \`${code.split('.')[0]}\` | ${listed(fr[0]).replaceAll('|', '\\|')} | ${listed(fr[1]).replaceAll('|', '\\|')} |`,
  );
  return [`## ${title}`, '', '| code | message | que faire |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function page(): string {
  return [
    '# Les messages sur les fichiers de dépenses',
    '',
    'Tout ce que l’aperçu, le compte rendu et le fichier des lignes refusées peuvent dire, avec ce qu’il faut faire. Les codes',
    'sont stables ; `{…}` est remplacé par ce que dit votre fichier. En anglais sur demande (`Accept-Language: en`).',
    '',
    section('Le fichier n’est pas pris, ou ne peut pas être rendu', UPLOAD_MESSAGES),
    section('Le fichier entier est refusé', { ...UNREADABLE, ...TABLE_FAULTS }),
    section('L’aperçu propose un dialecte et laisse à dire', PROPOSAL_FAULTS),
    section('Un dialecte se contredit (`dialect_contradictory`)', CONTRADICTIONS),
    section('Dans le dossier de dépôt (SFTP), un fichier reste où il est', DROP_FAULTS),
    section('Une ligne est refusée', LINE_MESSAGES),
    section('Remarques : rien n’est refusé', FILE_REMARKS),
  ].join('\n');
}

test('every message that a clerk can get is on the page for partners, with what to do', () => {
  if (process.env['UPDATE_MESSAGES']) writeFileSync(PAGE, page());
  expect(readFileSync(PAGE, 'utf8')).toBe(page());
});

test.each(
  Object.entries({
    ...UPLOAD_MESSAGES,
    ...UNREADABLE,
    ...TABLE_FAULTS,
    ...PROPOSAL_FAULTS,
    ...CONTRADICTIONS,
    ...DROP_FAULTS,
    ...LINE_MESSAGES,
    ...FILE_REMARKS,
  }) as [string, Message][],
)('%s says the same in both languages, what is wrong and what to do', (_code, { fr, en }) => {
  const names = (texts: readonly string[]) => [...new Set(texts.join(' ').match(/\{\w+\}/g))].sort();
  expect(names(fr)).toEqual(names(en));
  for (const text of [...fr, ...en]) expect(text.length).toBeGreaterThan(5);
});
