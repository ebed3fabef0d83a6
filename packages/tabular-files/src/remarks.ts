import { type Message, type Params, type Said, said } from './messages.js';

/** What is to be known of how a file was read, though nothing is refused for it; stable codes. */
export const TABLE_REMARKS = {
  sheet_hidden: {
    fr: ['la feuille masquée {name} n’a pas été lue', 'affichez-la si elle doit l’être'],
    en: ['the hidden sheet {name} was not read', 'show it if it should be'],
  },
  sheet_not_named: {
    fr: ['la feuille {name} n’a pas été lue, le dialecte en nomme une autre', 'rien à faire si c’est voulu'],
    en: ['the sheet {name} was not read, the dialect names another', 'nothing to do if that is meant'],
  },
  rows_hidden: {
    fr: [
      '{count} [count?ligne masquée ou filtrée a été lue|lignes masquées ou filtrées ont été lues] comme les autres (la première est la ligne {line})',
      'supprimez-les si elles ne doivent pas compter',
    ],
    en: [
      '{count} [count?line that is hidden or filtered out was|lines that are hidden or filtered out were] read like the others (the first is line {line})',
      'delete them if they must not count',
    ],
  },
  bytes_in_other_encoding: {
    fr: [
      '{count} [count?ligne n’est pas|lignes ne sont pas] en UTF-8 comme les autres (la première est la ligne {line}) ; [count?elle a été lue|elles ont été lues] en {encoding}',
      'vérifiez leurs lettres accentuées',
    ],
    en: [
      '{count} [count?line is|lines are] not UTF-8 as the others are (the first is line {line}); read as {encoding}',
      'check their accented letters',
    ],
  },
  sheets_read: {
    fr: [
      'les feuilles {names} ont été lues',
      'vérifiez qu’aucune ne répète les autres, ou retirez-la (un financeur peut nommer celles à lire : "sheets" de son dialecte)',
    ],
    en: [
      'the sheets {names} were read',
      'check that none repeats the others, or take it out (a funder can name those to be read: "sheets" of its dialect)',
    ],
  },
  sheet_without_columns: {
    fr: [
      'la feuille {name} n’a pas été lue, elle n’a pas les colonnes attendues',
      'rien à faire si elle ne contient pas de lignes à lire',
    ],
    en: [
      'the sheet {name} was not read, as it lacks the columns that are wanted',
      'nothing to do if it holds no lines to be read',
    ],
  },
  sheet_without_headings: {
    fr: [
      'la feuille {name} n’a pas été lue : elle n’a pas d’en-têtes et contient des lignes comme celles qui ont été lues',
      'copiez-y la ligne d’en-têtes et renvoyez le fichier ; aucune ligne ne comptera deux fois',
    ],
    en: [
      'the sheet {name} was not read: it has no headings and holds lines like those that were read',
      'copy the line of headings to it and send the file again; no line counts twice',
    ],
  },
  columns_unread: {
    fr: [
      '[count?la colonne|les colonnes] {names} [count?n’a pas été lue|n’ont pas été lues]',
      'rien à faire si c’est voulu ; un mot comme « annulé » y refuse tout de même sa ligne',
    ],
    en: [
      'the [count?column|columns] {names} [count?was|were] not read',
      'nothing to do if that is meant; a word such as "cancelled" there refuses its line all the same',
    ],
  },
  column_hidden: {
    fr: ['la colonne «\u00a0{heading}\u00a0» est masquée et a été lue', 'vérifiez que c’est la bonne'],
    en: ['the column "{heading}" is hidden and was read', 'check that it is the right one'],
  },
  cells_merged: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» a des cellules fusionnées sur plusieurs lignes (la première commence à la ligne {line}) ; ce qu’elles montrent n’a été lu que sur la première de leurs lignes',
      'vérifiez que c’est bien la ligne qu’elles concernent, ou défusionnez-les',
    ],
    en: [
      'the column "{heading}" has cells merged over several lines (the first begins on line {line}); what they show was read on the first of their lines alone',
      'check that it is the line that they are of, or unmerge them',
    ],
  },
  headings_on_two_lines: {
    fr: [
      'les en-têtes sont sur les lignes {over} et {line} ; lues ensemble, les colonnes se nomment {names}',
      'vérifiez qu’elles sont bien celles-là',
    ],
    en: [
      'the headings are on lines {over} and {line}; read together, the columns are called {names}',
      'check that they are these',
    ],
  },
  units_row: {
    fr: ['la ligne {line}, qui ne donne que des unités, n’a pas été lue comme les autres', 'rien à faire'],
    en: ['line {line}, which only names units, was not read like the others', 'nothing to do'],
  },
  lines_cut_short: {
    fr: [
      '{count} [count?ligne n’a pas toutes ses|lignes n’ont pas toutes leurs] cellules de fin, comme Excel les écrit ; [count?elle a été lue|elles ont été lues]',
      'rien à faire',
    ],
    en: [
      '{count} [count?line lacks|lines lack] cells at the end, as Excel writes them; read like the others',
      'nothing to do',
    ],
  },
  quotes_mended: {
    fr: [
      '{count} [count?ligne a|lignes ont] un guillemet qui n’est pas refermé ; il a été lu comme un signe du texte',
      'vérifiez le texte de ces lignes',
    ],
    en: [
      '{count} [count?line has|lines have] a quotation mark that is not closed; it was read as a sign of the text',
      'check the text of these lines',
    ],
  },
} as const satisfies Record<string, Message>;

export interface Remark {
  readonly code: string;
  readonly said: Said;
}

/** That the headings of a sheet are on two lines, and what its columns are called then. */
export function onTwoLines({
  over,
  line,
  headings,
}: {
  readonly over?: number;
  readonly line: number;
  readonly headings: readonly string[];
}): Remark[] {
  const names = headings.filter((name) => name !== '').join(', ');
  return over === undefined ? [] : [remark('headings_on_two_lines', { over, line, names: names.slice(0, 300) })];
}

export function remark(code: keyof typeof TABLE_REMARKS, params: Params = {}): Remark {
  return { code, said: said(TABLE_REMARKS[code], params) };
}
