import type { components } from '@gpect/contracts/generated/api-reporting';
import type { Language } from '../exports/labels.js';
import type { Sheet, SheetCell } from '../exports/sheet.js';

type FirmRows = components['schemas']['FirmRows'];
type Codebook = components['schemas']['Codebook'];

/** The files of rows, each a sheet, and their codebook behind them. */
export function firmSheets({ files, codebook, programme, secrecy }: FirmRows, language: Language): Sheet[] {
  const say = (fr: string | undefined, en: string | undefined) => (language === 'fr' ? fr : en) ?? '';
  return [
    ...files.map(({ labelFr, labelEn, noteFr, noteEn, columns, rows }) => ({
      title: say(labelFr, labelEn),
      head: columns,
      rows: rows.map((row) => row.map((cell): SheetCell => cell ?? '')),
      notes: [say(noteFr, noteEn)],
    })),
    codebookSheet({ codebook, programme, secrecy }, language),
  ];
}

const HEAD = {
  fr: ['Colonne', 'Fichiers', 'Libellé', 'Définition', 'Nature', 'Unité', 'Codes'],
  en: ['Column', 'Files', 'Label', 'Definition', 'Kind', 'Unit', 'Codes'],
} as const;
const KINDS = {
  fr: { PSEUDONYM: 'pseudonyme', CODE: 'code', NUMBER: 'nombre', QUARTER: 'trimestre' },
  en: { PSEUDONYM: 'pseudonym', CODE: 'code', NUMBER: 'number', QUARTER: 'quarter' },
} as const;

export function codebookSheet({ codebook }: Codebook, language: Language): Sheet {
  const fr = language === 'fr';
  return {
    title: fr ? 'Dictionnaire des variables' : 'Codebook',
    head: HEAD[language],
    rows: codebook.map((c) => [
      c.column,
      c.files.join(', '),
      fr ? c.labelFr : c.labelEn,
      fr ? c.definitionFr : c.definitionEn,
      KINDS[language][c.kind],
      c.unit ?? '',
      c.codes.map(({ code, labelFr, labelEn }) => `${code} = ${fr ? labelFr : labelEn}`).join(' ; '),
    ]),
  };
}
