import { type Message, type Params, type Said, said } from './messages.js';

/** Why a file as a whole cannot be read; stable codes, as partners read them in a report. What stands behind a point tells cases of one code apart. */
export const UNREADABLE = {
  file_empty: {
    fr: ['le fichier est vide', 'exportez-le de nouveau et renvoyez-le'],
    en: ['the file is empty', 'export it again and send it again'],
  },
  'file_empty.blank': {
    fr: ['le fichier n’a que des lignes vides', 'exportez-le de nouveau et renvoyez-le'],
    en: ['the file has only blank lines', 'export it again and send it again'],
  },
  'file_empty.sheets': {
    fr: ['les feuilles visibles du classeur sont vides', 'placez le tableau dans une feuille visible'],
    en: ['the visible sheets of the workbook are blank', 'put the table into a visible sheet'],
  },
  no_lines: {
    fr: ['il y a des en-têtes et aucune ligne au-dessous', 'envoyez les lignes'],
    en: ['there are headings and no line below them', 'send the lines'],
  },
  pdf_given: {
    fr: ['le fichier est un PDF, quel que soit son nom', 'exportez le tableau en CSV, XLSX ou ODS'],
    en: ['the file is a PDF, whatever its name', 'export the table as CSV, XLSX or ODS'],
  },
  old_excel_given: {
    fr: ['le fichier est un classeur Excel d’avant 2007 (.xls)', 'enregistrez-le en .xlsx'],
    en: ['the file is a workbook of before 2007 (.xls)', 'save it as .xlsx'],
  },
  password_given: {
    fr: ['le classeur est protégé par un mot de passe', 'enregistrez-le sans mot de passe'],
    en: ['the workbook is protected by a password', 'save it without one'],
  },
  xlsb_given: {
    fr: ['le fichier est un classeur Excel binaire (.xlsb)', 'enregistrez-le en .xlsx'],
    en: ['the file is a binary Excel workbook (.xlsb)', 'save it as .xlsx'],
  },
  numbers_given: {
    fr: ['le fichier est un document Numbers d’Apple', 'exportez-le en XLSX ou CSV (Fichier, Exporter vers)'],
    en: ['the file is a document of Apple’s Numbers', 'export it as XLSX or CSV (File, Export To)'],
  },
  document_given: {
    fr: ['le fichier est un document {what}, pas un tableau', 'exportez le tableau en CSV, XLSX ou ODS'],
    en: ['the file is a document ({what}), no table', 'export the table as CSV, XLSX or ODS'],
  },
  html_given: {
    fr: [
      'le fichier est une page web (HTML), même s’il est nommé .xls',
      'ouvrez-le dans un tableur et enregistrez-le en .xlsx',
    ],
    en: ['the file is a web page (HTML), even if it is named .xls', 'open it in a spreadsheet and save it as .xlsx'],
  },
  xml_given: {
    fr: ['le fichier est du XML, même s’il est nommé .xls', 'ouvrez-le dans un tableur et enregistrez-le en .xlsx'],
    en: ['the file is XML, even if it is named .xls', 'open it in a spreadsheet and save it as .xlsx'],
  },
  flat_ods_given: {
    fr: ['le fichier est un classeur OpenDocument à plat (.fods)', 'enregistrez-le en .ods'],
    en: ['the file is a flat OpenDocument spreadsheet (.fods)', 'save it as .ods'],
  },
  binary_given: {
    fr: ['le fichier n’est ni un texte, ni un XLSX, ni un ODS', 'exportez le tableau dans l’un de ces formats'],
    en: ['the file is no text, no XLSX and no ODS', 'export the table as one of these'],
  },
  'binary_given.nul': {
    fr: ['le fichier contient des octets nuls (NUL)', 'exportez-le de nouveau en CSV, XLSX ou ODS'],
    en: ['the file holds NUL bytes', 'export it again as CSV, XLSX or ODS'],
  },
  encoding_differs: {
    fr: [
      'le fichier est en {found} et le dialecte dit {declared}',
      'enregistrez-le en {declared}, ou changez le dialecte',
    ],
    en: ['the file is {found}, and the dialect says {declared}', 'save it in {declared}, or change the dialect'],
  },
  encoding_unreadable: {
    fr: ['le fichier n’est pas en {encoding}', 'enregistrez-le en {encoding} et renvoyez-le'],
    en: ['the file is not {encoding}', 'save it in {encoding} and send it again'],
  },
  'encoding_unreadable.utf32': {
    fr: ['le fichier est en UTF-32, que presque aucun logiciel n’écrit', 'enregistrez-le en UTF-8 et renvoyez-le'],
    en: ['the file is UTF-32, which hardly any program writes', 'save it as UTF-8 and send it again'],
  },
  encoding_ambiguous: {
    fr: [
      'les lettres accentuées du fichier ne sont ni en UTF-8 ni en Windows-1252 (octet {byte} dans un mot) ; ce peut être du Mac (MacRoman) ou du DOS (CP850)',
      'enregistrez le fichier en UTF-8 (un financeur peut déclarer "macintosh" ou "cp850" dans son dialecte)',
    ],
    en: [
      'the accented letters of the file are neither UTF-8 nor Windows-1252 (byte {byte} within a word); they may be MacRoman or CP850',
      'save the file as UTF-8 (a funder can declare "macintosh" or "cp850" in its dialect)',
    ],
  },
  delimiter_differs: {
    fr: [
      'les cellules sont séparées par {found} et le dialecte dit {declared}',
      'exportez avec {declared}, ou changez le dialecte',
    ],
    en: [
      'the cells are separated by {found}, and the dialect says {declared}',
      'export with {declared}, or change the dialect',
    ],
  },
  quote_not_closed: {
    fr: ['le guillemet ouvert à la ligne {line} n’est pas refermé', 'refermez-le'],
    en: ['the quotation mark that begins on line {line} is not closed', 'close it'],
  },
  'quote_not_closed.swallows': {
    fr: [
      'un guillemet ouvert à la ligne {line} en avale d’autres jusqu’à la ligne {until}',
      'refermez-le, ou doublez les guillemets du texte',
    ],
    en: [
      'a quotation mark opened on line {line} swallows others down to line {until}',
      'close it, or double the quotation marks of the text',
    ],
  },
  lines_in_one_cell: {
    fr: [
      'chaque ligne du classeur est tout entière dans une seule cellule (un CSV y a été ouvert sans séparer ses colonnes)',
      'envoyez le CSV lui-même, ou séparez les colonnes (Données, Convertir) et enregistrez de nouveau',
    ],
    en: [
      'each line of the workbook stands in one cell as a whole (a CSV was opened without separating its columns)',
      'send the CSV itself, or separate the columns (Data, Text to Columns) and save again',
    ],
  },
  lines_quoted: {
    fr: [
      'chaque ligne est tout entière entre guillemets, elle n’a donc qu’une cellule',
      'exportez de nouveau, sans guillemets autour des lignes',
    ],
    en: [
      'each line stands in quotation marks as a whole, so that it is one cell',
      'export again, without quotation marks around the lines',
    ],
  },
  line_too_long: {
    fr: [
      'à partir de la ligne {line}, plus de {most} octets ne font qu’une ligne',
      'un guillemet n’est pas refermé, une fin de ligne manque, ou ce n’est pas un tableau ; réexportez',
    ],
    en: [
      'from line {line} on more than {most} bytes make one line',
      'a quotation mark is not closed, a line end is missing, or it is no table; export it again',
    ],
  },
  too_many_columns: {
    fr: ['la ligne {line} a {count} colonnes, au plus {most} sont lues', 'exportez moins de colonnes'],
    en: ['line {line} has {count} columns, at most {most} are read', 'export fewer columns'],
  },
  too_many_strings: {
    fr: ['le classeur contient plus de texte que la mémoire n’en prend', 'enregistrez-le en CSV'],
    en: ['the workbook holds more text than fits in memory', 'save it as CSV'],
  },
  other_archive_given: {
    fr: ['le fichier est une archive {what}', 'extrayez le tableau et envoyez-le lui-même, ou dans une archive .zip'],
    en: ['the file is an archive ({what})', 'take the table out and send it by itself, or in a .zip archive'],
  },
  mail_given: {
    fr: ['le fichier est un message électronique', 'enregistrez sa pièce jointe et envoyez-la elle-même'],
    en: ['the file is a mail', 'save its attachment and send that'],
  },
  archive_nested: {
    fr: ['l’archive {packing} contient une autre archive', 'envoyez le fichier qui s’y trouve'],
    en: ['the {packing} archive holds another archive', 'send the file inside it'],
  },
  archive_empty: {
    fr: ['l’archive ne contient aucun fichier', 'envoyez le fichier lui-même'],
    en: ['the archive holds no file', 'send the file itself'],
  },
  archive_several_files: {
    fr: [
      'l’archive contient {count} fichiers ({names}…)',
      'envoyez chacun à part, afin que chacun ait son compte rendu',
    ],
    en: ['the archive holds {count} files ({names}…)', 'send each by itself, so that each has its report'],
  },
  archive_bomb: {
    fr: ['l’archive se déploie au-delà de toute mesure ({why})', 'envoyez le fichier lui-même, non compressé'],
    en: ['the archive unpacks beyond all measure ({why})', 'send the file itself, not packed'],
  },
  archive_broken: {
    fr: [
      'le fichier est un classeur ou une archive .zip, abîmé ou dont la fin manque',
      'ouvrez celui d’où il vient pour vérifier qu’il est entier, enregistrez-le de nouveau et renvoyez-le',
    ],
    en: [
      'the file is a workbook or a .zip archive, and damaged or cut off',
      'open the one that it comes from to see that it is whole, save it again and send it again',
    ],
  },
  'archive_broken.gzip': {
    fr: [
      'le fichier compressé (.gz) est abîmé, ou sa fin manque',
      'compressez-le et renvoyez-le, ou envoyez le fichier lui-même',
    ],
    en: ['the packed file (.gz) is damaged or cut off', 'pack and send it again, or send the file itself'],
  },
  archive_encrypted: {
    fr: ['l’archive demande un mot de passe', 'envoyez-la sans mot de passe'],
    en: ['the archive asks for a password', 'send it without one'],
  },
  archive_unsafe_name: {
    fr: ['l’archive nomme un fichier hors d’elle-même ({why})', 'compressez le fichier de nouveau'],
    en: ['the archive names a file outside itself ({why})', 'pack it again'],
  },
  sheet_missing: {
    fr: [
      'le classeur n’a pas de feuille visible qui puisse être lue ({why})',
      'affichez la feuille du tableau et enregistrez de nouveau',
    ],
    en: ['the workbook has no visible sheet that can be read ({why})', 'show the sheet of the table and save it again'],
  },
  'sheet_missing.named': {
    fr: [
      'le classeur n’a pas de feuille nommée {wanted} ; il a {names}',
      'renommez la feuille, ou changez le dialecte',
    ],
    en: ['the workbook has no sheet named {wanted}; it has {names}', 'rename the sheet, or change the dialect'],
  },
  sheet_broken: {
    fr: [
      'le classeur est abîmé (détail technique\u00a0: {why})',
      'ouvrez-le dans un tableur et enregistrez-le de nouveau',
    ],
    en: ['the workbook is damaged (technical detail: {why})', 'open it in a spreadsheet and save it again'],
  },
  'sheet_broken.strings': {
    fr: [
      'le classeur est abîmé : la cellule de la ligne {line} renvoie à un texte partagé qui n’existe pas',
      'ouvrez-le dans un tableur et enregistrez-le de nouveau',
    ],
    en: [
      'the workbook is damaged: a cell of line {line} refers to a shared string that is not there',
      'open it in a spreadsheet and save it again',
    ],
  },
  reader_killed: {
    fr: [
      'la lecture du fichier a dû être arrêtée deux fois (mémoire ou temps dépassés)',
      'exportez le tableau seul, en CSV',
    ],
    en: ['reading the file had to be ended twice (out of memory or time)', 'export the table alone, as CSV'],
  },
} as const satisfies Record<string, Message>;

export type UnreadableMessage = keyof typeof UNREADABLE;
type Before<T extends string> = T extends `${infer Code}.${string}` ? Code : T;
export type UnreadableCode = Before<UnreadableMessage>;

/** The file as a whole is refused: none of its lines is taken, unless `line` says how far it was read. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';
  readonly code: UnreadableCode;
  /** What is wrong and what to do, a sentence in each language. */
  readonly said: Said;

  constructor(
    /** Key of the message; its code and what tells the case apart. */
    readonly key: UnreadableMessage,
    readonly params: Params = {},
    /** Line at which reading ended; absent where no line was read. */
    readonly line?: number,
  ) {
    const sentence = said(UNREADABLE[key], params);
    super(`${key}: ${sentence.en}`);
    this.code = key.split('.')[0] as UnreadableCode;
    this.said = sentence;
  }
}
