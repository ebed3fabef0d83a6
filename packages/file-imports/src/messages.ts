import { CELL_MESSAGES, type CellFault, faultBy } from '@gpect/tabular-files/cell-messages';
import { type Message, type Params, said } from '@gpect/tabular-files/messages';
import { type Remark, TABLE_REMARKS } from '@gpect/tabular-files/remarks';

/** Why a table as a whole is not taken though it can be read. */
export const IMPORT_FAULTS = {
  columns_missing: {
    fr: [
      'il manque {missing} ; la ligne {line} nomme {headings}',
      'nommez ainsi ces colonnes (accents, majuscules et ponctuation ne comptent pas)',
    ],
    en: [
      'no column {missing}; line {line} names {headings}',
      'name these columns so (accents, case and punctuation do not count)',
    ],
  },
  'columns_missing.transposed': {
    fr: [
      'il manque {missing} ; le tableau est transposé\u00a0: ses en-têtes sont dans la première colonne, et chaque ligne à lire est une colonne',
      'remettez-le avec un en-tête par colonne (copier, puis collage spécial «\u00a0Transposé\u00a0») et renvoyez-le',
    ],
    en: [
      'no column {missing}; the table is transposed: its headings are in the first column, and each line to be read is a column',
      'turn it round, with one heading a column (copy, then paste special "transpose"), and send it again',
    ],
  },
  'columns_missing.pivot': {
    fr: [
      'il manque {missing} ; le tableau est un tableau croisé\u00a0: il donne des sommes par période ou par groupe, et non chaque ligne à prendre',
      'envoyez le tableau dont il est fait, avec une ligne par élément',
    ],
    en: [
      'no column {missing}; the table is a pivot table: it gives sums by period or by group, and no single lines',
      'send the table that it is made of, with one line for each',
    ],
  },
  columns_ambiguous: {
    fr: [
      'la ligne {line} nomme plusieurs colonnes qui peuvent être {wanted} ({headings}) et leurs cellules diffèrent (ligne {differs})',
      'renommez ou retirez celle qui n’est pas la bonne',
    ],
    en: [
      'line {line} names several columns that can be {wanted} ({headings}), and their cells differ (line {differs})',
      'rename or take out the one that is not it',
    ],
  },
  dates_differ: {
    fr: [
      'les dates de la colonne «\u00a0{heading}\u00a0» ont le mois d’abord («\u00a0{value}\u00a0», ligne {line})',
      'exportez-les avec le jour d’abord (31/12/2012) ou l’année d’abord (2012-12-31)',
    ],
    en: [
      'the days of the column "{heading}" are month first ("{value}", line {line})',
      'export them day first (31/12/2012) or year first (2012-12-31)',
    ],
  },
  'dates_differ.said': {
    fr: [
      'la ligne {line} dit que les dates ont le mois d’abord («\u00a0{text}\u00a0»), et la colonne «\u00a0{heading}\u00a0» est lue avec le jour d’abord',
      'exportez-les avec le jour d’abord (31/12/2012) ou l’année d’abord (2012-12-31) ; si la mention est fausse, ôtez-la',
    ],
    en: [
      'line {line} says that the days are month first ("{text}"), and the column "{heading}" is read day first',
      'export them day first (31/12/2012) or year first (2012-12-31); if the note is wrong, take it out',
    ],
  },
  'dates_differ.year': {
    fr: [
      'les dates de la colonne «\u00a0{heading}\u00a0» ont une année à deux chiffres en tête («\u00a0{value}\u00a0», ligne {line})',
      'exportez-les avec une année à quatre chiffres',
    ],
    en: [
      'the days of the column "{heading}" begin with a year of two digits ("{value}", line {line})',
      'export them with a year of four digits',
    ],
  },
  'dates_differ.mixed': {
    fr: [
      'les dates de la colonne «\u00a0{heading}\u00a0» sont dans deux ordres («\u00a0{value}\u00a0», ligne {line} ; «\u00a0{other}\u00a0», ligne {otherLine})',
      'exportez-les toutes avec le jour d’abord (31/12/2012)',
    ],
    en: [
      'the days of the column "{heading}" are in two orders ("{value}", line {line}; "{other}", line {otherLine})',
      'export all of them day first (31/12/2012)',
    ],
  },
} as const satisfies Record<string, Message>;

/** Why a line is refused for one of its cells, whatever kind of file it is. */
export const IMPORT_LINE_MESSAGES = {
  ...CELL_MESSAGES,
  missing: { fr: ['la cellule est vide', 'remplissez-la'], en: ['the cell is empty', 'fill it in'] },
  'missing.placeholder': {
    fr: ['«\u00a0{shown}\u00a0» tient la place d’un numéro ou d’un code', 'écrivez celui qu’il faut'],
    en: ['"{shown}" stands in the place of a number or a code', 'write the right one'],
  },
  text_unfit: {
    fr: ['le texte contient un signe que personne ne peut lire ({sign})', 'effacez-le et retapez le mot'],
    en: ['the text holds a sign that nobody can read ({sign})', 'delete it and type the word again'],
  },
  text_too_long: {
    fr: ['le texte a plus de {limit} caractères', 'raccourcissez-le'],
    en: ['the text has more than {limit} characters', 'shorten it'],
  },
  cell_error: {
    fr: ['la cellule montre une erreur du tableur ({shown})', 'corrigez-la et renvoyez la ligne'],
    en: ['the cell shows an error of the spreadsheet ({shown})', 'mend it and send the line again'],
  },
  number_unreadable: {
    fr: ['ce n’est pas un nombre entier', 'écrivez-le en chiffres, sans unité ni décimales'],
    en: ['this is no whole number', 'write it in digits, without a unit or decimals'],
  },
  number_ambiguous: {
    fr: ['ce peut être des milliers ou des décimales', 'écrivez le nombre sans point ni virgule'],
    en: ['it can be thousands or decimals', 'write the number without point and comma'],
  },
  'number_out_of_range.least': {
    fr: ['le nombre est trop petit', 'il faut au moins {limit}'],
    en: ['the number is too small', 'it must be at least {limit}'],
  },
  'number_out_of_range.most': {
    fr: ['le nombre est trop grand', 'il faut au plus {limit}'],
    en: ['the number is too large', 'it must be at most {limit}'],
  },
  value_unknown: {
    fr: ['cette valeur n’est pas prévue', 'écrivez {values}'],
    en: ['this value is not known', 'write {values}'],
  },
  line_not_done: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0», qui n’est pas lue, dit «\u00a0{word}\u00a0»\u00a0: ce que dit la ligne semble ne pas avoir eu lieu',
      'ôtez la ligne si c’est bien le cas\u00a0; sinon videz cette cellule et renvoyez la ligne',
    ],
    en: [
      'the column "{heading}", which is not read, says "{word}": what the line says seems not to have happened',
      'take the line out if so; else empty this cell and send the line again',
    ],
  },
  section_not_done: {
    fr: [
      'la ligne est sous le titre «\u00a0{title}\u00a0» (ligne {line}), qui annonce ce qui n’a pas eu lieu ou ne compte pas',
      'rien si c’est juste\u00a0; sinon ôtez le titre, effacez «\u00a0#VALEUR!\u00a0» et renvoyez la ligne',
    ],
    en: [
      'the line stands below the title "{title}" (line {line}), which is of what did not happen or does not count',
      'nothing to do if that is right; else take the title out, delete "#VALEUR!" and send the line again',
    ],
  },
  'section_not_done.sheet': {
    fr: [
      'la feuille se nomme «\u00a0{title}\u00a0», ce qui annonce ce qui n’a pas eu lieu ou ne compte pas',
      'rien si c’est juste\u00a0; sinon effacez «\u00a0#VALEUR!\u00a0» et renvoyez la ligne, ou renommez la feuille',
    ],
    en: [
      'the sheet is called "{title}", which is of what did not happen or does not count',
      'nothing to do if that is right; else delete "#VALEUR!" and send the line again, or rename the sheet',
    ],
  },
  'section_not_done.title': {
    fr: [
      '«\u00a0{title}\u00a0» est un titre\u00a0: les lignes en dessous ne sont pas prises',
      'laissez-le au-dessus des lignes qu’il concerne, ou ôtez-le si elles sont à prendre',
    ],
    en: [
      '"{title}" is a title: lines below it are not taken',
      'leave it above the lines that it is of, or take it out if they are to be taken',
    ],
  },
  other_table: {
    fr: [
      'un autre tableau commence à la ligne {line} ({headings}) et ses colonnes ne sont pas celles de ce fichier',
      'rien s’il n’est pas à prendre\u00a0; sinon donnez-lui les mêmes en-têtes, ou envoyez-le seul',
    ],
    en: [
      'another table begins on line {line} ({headings}), and its columns are not those of this file',
      'nothing to do if it is not to be taken; else give it the same headings, or send it by itself',
    ],
  },
  total_or_line: {
    fr: [
      'la ligne se nomme comme un total («\u00a0{shown}\u00a0») et a tout d’une ligne à prendre',
      'ôtez-la si c’est un total\u00a0; sinon donnez-lui un autre nom',
    ],
    en: [
      'the line is called a total ("{shown}") and has all that a line to be taken has',
      'take it out if it is a total; else give it another name',
    ],
  },
  note_line: {
    fr: [
      'une seule cellule est remplie («\u00a0{shown}\u00a0»)\u00a0: c’est une note ou un pied de page',
      'rien\u00a0; si c’est une ligne à prendre, complétez-la',
    ],
    en: [
      'one cell alone is filled ("{shown}"): this is a note, or a footer',
      'nothing to do; if it is a line to be taken, complete it',
    ],
  },
  columns_contradict: {
    fr: [
      'la colonne {column} dit «\u00a0{value}\u00a0» et la colonne {other}, qui dit «\u00a0{otherValue}\u00a0», ne va pas avec',
      'corrigez {column}, ou videz {other}',
    ],
    en: [
      'the column {column} says "{value}", and the column {other}, which says "{otherValue}", does not go with it',
      'mend {column}, or empty {other}',
    ],
  },
  'columns_contradict.empty': {
    fr: [
      'la colonne {column} est vide alors que la colonne {other} dit «\u00a0{otherValue}\u00a0»',
      'remplissez {column}, ou videz {other}',
    ],
    en: [
      'the column {column} is empty though the column {other} says "{otherValue}"',
      'fill in {column}, or empty {other}',
    ],
  },
  naf_unknown: {
    fr: [
      'ce n’est une sous-classe ni de la NAF rév. 2 ni de la NAF 2025',
      'donnez-en une, par exemple 25.62B (NAF rév. 2) ou 62.10Y (NAF 2025)',
    ],
    en: ['this is no subclass of NAF rev. 2 or of NAF 2025', 'give one, e.g. 25.62B (NAF rev. 2) or 62.10Y (NAF 2025)'],
  },
  commune_unreadable: {
    fr: ['ce n’est pas le code INSEE d’une commune', 'donnez ses cinq caractères, par exemple 62041'],
    en: ['this is no INSEE code of a commune', 'give its five characters, e.g. 62041'],
  },
  code_unreadable: {
    fr: ['ce n’est pas un code', 'écrivez des lettres, des chiffres et des tirets, par exemple artois-ternois'],
    en: ['this is no code', 'write letters, digits and dashes, e.g. artois-ternois'],
  },
  'contract_refuses.pattern': {
    fr: [
      'la valeur n’a pas la forme que demande le contrat de l’API',
      'écrivez-la sur une ligne, sans saut de ligne ni signe invisible',
    ],
    en: [
      'the value has not the form that the API’s contract asks for',
      'write it on one line, without breaks and unseen signs',
    ],
  },
  contract_refuses: {
    fr: ['la valeur ne suit pas la règle «\u00a0{rule}\u00a0» du contrat de l’API', 'corrigez-la d’après cette règle'],
    en: ['the value breaks the rule "{rule}" of the API’s contract', 'mend it by that rule'],
  },
} as const satisfies Record<string, Message>;

/** What is to be known of how a file was read. */
export const IMPORT_REMARKS = {
  ...TABLE_REMARKS,
  column_replaced: {
    fr: ['la colonne «\u00a0{heading}\u00a0» a été lue comme {wanted}', 'vérifiez que c’est la bonne'],
    en: ['the column "{heading}" was read as {wanted}', 'check that it is the right one'],
  },
  column_repeated: {
    fr: [
      'les colonnes {headings} disent la même chose ligne par ligne ; la première a été lue comme {wanted}',
      'rien à faire',
    ],
    en: ['the columns {headings} say the same line by line; the first was read as {wanted}', 'nothing to do'],
  },
  headings_repeated: {
    fr: [
      'les en-têtes reviennent {count} fois ([count?|la première ]à la ligne {line}) ; chaque ligne a été lue sous les en-têtes qui la précèdent',
      'rien à faire',
    ],
    en: [
      'the headings come again {count} [count?time|times] (first on line {line}); each line was read by the headings above it',
      'nothing to do',
    ],
  },
  totals_set_aside: {
    fr: [
      '{count} [count?ligne de total a été mise|lignes de total ont été mises] de côté (la première est la ligne {line})',
      'rien à faire si ce sont bien des totaux',
    ],
    en: [
      '{count} total [count?line was|lines were] set aside (the first is line {line})',
      'nothing to do if they are totals indeed',
    ],
  },
  siret_restored: {
    fr: [
      '{count} SIRET [count?avait|avaient] perdu [count?ses|leurs] zéros de tête ; ils ont été rétablis',
      'exportez la colonne en texte',
    ],
    en: [
      '{count} SIRET had lost the zeros at [count?its|their] head; these were put back',
      'export the column as text',
    ],
  },
  basin_unchecked: {
    fr: [
      'rien ne dit si la commune de {count} [count?ligne|lignes] ({communes}) est du bassin qui y est écrit : le dispositif n’a donné que les communes principales de ses bassins',
      'vérifiez ces bassins, ou faites donner au dispositif les communes ou les zones d’emploi de chacun',
    ],
    en: [
      'nothing says whether the commune of {count} [count?line|lines] ({communes}) is of the basin that stands there: the programme gave the main communes of its basins alone',
      'check these basins, or have the programme say the communes or the employment zones of each',
    ],
  },
  refusals_cut: {
    fr: [
      'le fichier des lignes refusées n’a que les {count} premières',
      'corrigez-les, puis renvoyez le fichier entier : aucune ligne n’est prise deux fois',
    ],
    en: [
      'the file of refused lines has the first {count} alone',
      'mend them, then send the whole file again: no line is taken twice',
    ],
  },
} as const satisfies Record<string, Message>;

type LineMessage = keyof typeof IMPORT_LINE_MESSAGES;

export function lineFault(key: LineMessage, params: Params = {}): CellFault {
  return faultBy<LineMessage>(IMPORT_LINE_MESSAGES, key, params);
}

export function importRemark(code: keyof typeof IMPORT_REMARKS, params: Params = {}): Remark {
  return { code, said: said(IMPORT_REMARKS[code], params) };
}
