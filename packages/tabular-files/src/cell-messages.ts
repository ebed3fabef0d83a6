import { own } from '@gpect/domain-values/records';
import { type Message, type Params, type Said, saidIn } from './messages.js';

/** Why a line is refused for one of its cells, and what to do; what stands behind a point tells cases of one code apart. */
export const CELL_MESSAGES = {
  cells_count: {
    fr: [
      '{count} [count?cellule|cellules] sous {headings} en-têtes',
      'mettez entre guillemets les cellules qui contiennent le séparateur ou un guillemet',
    ],
    en: [
      '{count} [count?cell|cells] under {headings} headings',
      'put cells that hold the separator or a quotation mark in quotation marks',
    ],
  },
  'cells_count.alone': {
    fr: [
      'une seule cellule est remplie, sous {headings} en-têtes',
      'rien si c’est un titre ou une mention ; sinon, complétez la ligne',
    ],
    en: [
      'one cell alone is filled, under {headings} headings',
      'nothing if it is a title or a note; else complete the line',
    ],
  },
  'cells_count.rounded': {
    fr: [
      '{count} cellules sous {headings} en-têtes : un nombre qu’un tableur a arrondi (3,29E+13) est coupé par sa virgule',
      'mettez la colonne du SIRET au format Texte, avec ses 14 chiffres, et exportez avec un point-virgule',
    ],
    en: [
      '{count} cells under {headings} headings: a number that a spreadsheet rounded (3,29E+13) is cut by its comma',
      'format the column of the SIRET as text, with its 14 digits, and export with a semicolon',
    ],
  },
  'cells_count.shifted': {
    fr: [
      '{count} [count?cellule|cellules] sous {headings} en-têtes, et une valeur peut s’être décalée d’une colonne dans sa voisine',
      'donnez à la ligne autant de cellules que d’en-têtes, vides s’il le faut ; mettez entre guillemets celles qui contiennent le séparateur',
    ],
    en: [
      '{count} [count?cell|cells] under {headings} headings, and a value may have moved into the column beside its own',
      'give the line as many cells as there are headings, empty where need be; put those that hold the separator in quotation marks',
    ],
  },
  'cells_count.pushed': {
    fr: [
      'les montants de la ligne semblent tous décalés d’une colonne vers la droite, comme par un séparateur dans un libellé',
      'mettez entre guillemets les cellules qui contiennent le séparateur',
    ],
    en: [
      'the amounts of the line all seem to stand one column too far to the right, as by a separator within a label',
      'put cells that hold the separator in quotation marks',
    ],
  },
  quote_cut: {
    fr: [
      'un guillemet ouvert n’est fermé que sur une autre ligne, et ces lignes peuvent être des lignes du tableau',
      'ôtez le guillemet de trop, ou refermez-le sur sa ligne, et renvoyez toutes ces lignes',
    ],
    en: [
      'a quotation mark that was opened is closed on another line only, and these lines may be lines of the table',
      'take the mark out, or close it on its line, and send all of these lines again',
    ],
  },
  line_struck: {
    fr: [
      'la cellule est barrée dans la feuille, et la ligne ne compte pas',
      'rien si c’est juste ; sinon ôtez la mise en forme «\u00a0barré\u00a0» et renvoyez la ligne',
    ],
    en: [
      'the cell is struck through in the sheet, and the line does not count',
      'nothing to do if that is right; else take the strikethrough off and send the line again',
    ],
  },
  cell_merged: {
    fr: [
      'la cellule est fusionnée avec celle de la ligne {line}, et ce qu’elle montre n’est lu que sur cette ligne',
      'défusionnez-la et écrivez sur chaque ligne ce qui lui revient, ou ôtez la ligne si tout est dit par la première',
    ],
    en: [
      'the cell is merged with that of line {line}, and what it shows is read on that line alone',
      'unmerge it and write on each line what is of it, or take the line out if the first one says all',
    ],
  },
  signs_lost: {
    fr: [
      'des signes de cette ligne sont devenus « ? » quand le fichier a été enregistré («\u00a0{shown}\u00a0»)',
      'enregistrez le fichier des lignes refusées au format «\u00a0CSV UTF-8\u00a0», ou réécrivez ces signes',
    ],
    en: [
      'signs of this line became "?" when the file was saved ("{shown}")',
      'save the file of refused lines as "CSV UTF-8", or write these signs anew',
    ],
  },
  siret_missing: {
    fr: ['la cellule est vide', 'donnez les 14 chiffres de l’établissement'],
    en: ['the cell is empty', 'give the 14 digits of the establishment'],
  },
  siret_invalid: {
    fr: ['la clé de contrôle ne va pas : un chiffre est faux, ou deux sont intervertis', 'vérifiez les 14 chiffres'],
    en: ['the check digit does not agree: a digit is wrong, or two have changed places', 'check the 14 digits'],
  },
  'siret_invalid.zeros': {
    fr: [
      'il n’y a que {count} chiffres : un tableur a sans doute ôté les zéros de tête (avec eux, {padded} est un SIRET)',
      'mettez la colonne au format Texte et écrivez les 14 chiffres',
    ],
    en: [
      'there are only {count} digits: a spreadsheet probably took the zeros from the head (with them {padded} is a SIRET)',
      'format the column as text and write the 14 digits',
    ],
  },
  'siret_invalid.length': {
    fr: ['il y a {count} [count?chiffre|chiffres] au lieu de 14', 'donnez les 14 chiffres de l’établissement'],
    en: ['there are {count} [count?digit|digits] instead of 14', 'give the 14 digits of the establishment'],
  },
  'siret_invalid.vat': {
    fr: [
      '«\u00a0{shown}\u00a0» est un numéro de TVA, qui désigne l’entreprise',
      'donnez les 14 chiffres de l’établissement (SIRET)',
    ],
    en: ['"{shown}" is a VAT number, which names the firm', 'give the 14 digits of the establishment (SIRET)'],
  },
  'siret_invalid.text': {
    fr: [
      '«\u00a0{shown}\u00a0» n’est pas un numéro de 14 chiffres',
      'donnez les 14 chiffres de l’établissement, ou ôtez la ligne si elle n’en désigne aucun',
    ],
    en: [
      '"{shown}" is no number of 14 digits',
      'give the 14 digits of the establishment, or take the line out if it names none',
    ],
  },
  siret_digits_lost: {
    fr: ['un tableur a perdu des chiffres', 'exportez la colonne en texte, avec les 14 chiffres'],
    en: ['a spreadsheet lost digits', 'give the 14 digits as text'],
  },
  siren_given: {
    fr: ['ce sont les 9 chiffres de l’entreprise (SIREN)', 'donnez les 14 de l’établissement (SIRET)'],
    en: ['these are the 9 digits of the firm (SIREN)', 'give the 14 of the establishment (SIRET)'],
  },
  formula_without_value: {
    fr: [
      'la formule de la cellule n’a pas de valeur enregistrée',
      'ouvrez le classeur dans un tableur, enregistrez-le et renvoyez-le',
    ],
    en: ['the formula of the cell has no saved value', 'open the workbook in a spreadsheet, save it and send it again'],
  },
  reference_unreadable: {
    fr: [
      'une référence a au plus {most} caractères et ne commence pas par une espace',
      'écrivez-la ainsi dans tous les fichiers',
    ],
    en: ['a reference has at most {most} characters and begins with no space', 'write it so in every file'],
  },
  'reference_unreadable.kind': {
    fr: [
      'la cellule contient «\u00a0{shown}\u00a0», une date, un pourcentage ou une erreur que le tableur a mis à la place de la référence',
      'mettez la colonne au format Texte et écrivez la référence',
    ],
    en: [
      'the cell holds "{shown}", a date, a percentage or an error that the spreadsheet put in place of the reference',
      'format the column as text and write the reference',
    ],
  },
  'reference_unreadable.note': {
    fr: [
      'la référence «\u00a0{shown}\u00a0» porte un exposant ou un indice, comme un appel de note',
      'ôtez-le, ou écrivez-le comme les autres signes s’il en fait partie',
    ],
    en: [
      'the reference "{shown}" holds a raised or lowered sign, as that of a note',
      'take it out, or write it as the other signs if it is a part of the reference',
    ],
  },
  'reference_unreadable.lost': {
    fr: [
      'un tableur a perdu des chiffres de la référence, plusieurs lignes auraient la même',
      'mettez la colonne au format Texte et réexportez',
    ],
    en: [
      'a spreadsheet lost digits of the reference; several lines would have the same',
      'format the column as text and export it again',
    ],
  },
  date_unreadable: {
    fr: ['ce n’est pas un jour du calendrier', 'écrivez le jour ({formats})'],
    en: ['this is no day that the calendar has', 'write the day ({formats})'],
  },
  'date_unreadable.empty': {
    fr: ['la cellule est vide', 'écrivez le jour ({formats})'],
    en: ['the cell is empty', 'write the day ({formats})'],
  },
  'date_unreadable.year': {
    fr: ['l’année n’est pas entre {first} et {last}', 'corrigez l’année du jour ({formats})'],
    en: ['the year is not between {first} and {last}', 'mend the year of the day ({formats})'],
  },
  'date_unreadable.words': {
    fr: ['le jour n’est pas écrit en chiffres', 'écrivez-le ainsi\u00a0: {formats}'],
    en: ['the day is not written in digits', 'write it so: {formats}'],
  },
  'date_unreadable.joined': {
    fr: ['les chiffres du jour ne sont pas séparés', 'écrivez-le ainsi\u00a0: {formats}'],
    en: ['the digits of the day are not separated', 'write it so: {formats}'],
  },
  'date_unreadable.serial': {
    fr: [
      'c’est le nombre par lequel un tableur compte les jours',
      'mettez la colonne au format Date et exportez-la de nouveau (un financeur peut déclarer "excel" dans son dialecte)',
    ],
    en: [
      'this is the number by which a spreadsheet counts days',
      'format the column as days and export it again (a funder can declare "excel" in its dialect)',
    ],
  },
  'date_unreadable.month': {
    fr: ['la cellule ne montre qu’un mois ({shown})', 'montrez le jour'],
    en: ['the cell only shows a month ({shown})', 'show the day'],
  },
  'date_ambiguous.mixed': {
    fr: [
      'le fichier écrit des jours de plusieurs façons («\u00a0{one}\u00a0», «\u00a0{other}\u00a0»), et celui-ci a deux sens',
      'écrivez-le AAAA-MM-JJ',
    ],
    en: [
      'the file writes its days in several ways ("{one}", "{other}"), and this one has two meanings',
      'write it YYYY-MM-DD',
    ],
  },
  'date_ambiguous.converted': {
    fr: [
      'la colonne mêle des dates du tableur et du texte («\u00a0{one}\u00a0») : le tableur a pu échanger le jour et le mois de cette date',
      'rouvrez le fichier d’origine en important la colonne comme texte, ou écrivez ce jour en texte AAAA-MM-JJ',
    ],
    en: [
      'the column mixes dates of the spreadsheet and text ("{one}"): the spreadsheet may have exchanged the day and the month of this date',
      'open the original file again with the column imported as text, or write this day as text YYYY-MM-DD',
    ],
  },
  'date_ambiguous.year': {
    fr: [
      'le fichier écrit aussi l’année, le jour puis le mois («\u00a0{one}\u00a0»), et ce jour-ci a deux sens',
      'écrivez tous les jours du fichier AAAA-MM-JJ',
    ],
    en: [
      'the file also writes year, day, month ("{one}"), and this day has two meanings',
      'write all days of the file YYYY-MM-DD',
    ],
  },
  'date_ambiguous.form': {
    fr: [
      'le fichier écrit d’autres jours avec des zéros («\u00a0{one}\u00a0»), et celui-ci sans : un tableur américain a pu y échanger le jour et le mois',
      'écrivez-le AAAA-MM-JJ',
    ],
    en: [
      'the file writes other days with zeros ("{one}"), and this one without: an American spreadsheet may have exchanged its day and its month',
      'write it YYYY-MM-DD',
    ],
  },
  date_ambiguous: {
    fr: ['l’année a deux chiffres et peut être l’un des trois nombres', 'écrivez l’année avec quatre chiffres'],
    en: ['the year has two digits and can be any of the three numbers', 'write the year with four digits'],
  },
} as const satisfies Record<string, Message>;

export type CellMessage = keyof typeof CELL_MESSAGES;

/** What is wrong with a cell: a stable code, and a sentence in each language. */
export interface CellFault {
  readonly reason: string;
  readonly said: Said;
}

/** A fault by the key of its message, among those of an endpoint. @param french what is written another way in French */
export function faultBy<Key extends string>(
  messages: Readonly<Record<Key, Message>>,
  key: Key,
  params: Params = {},
  french: Params = {},
): CellFault {
  const message = own(messages, key);
  if (!message) throw new Error(`there is no message ${key}`);
  return { reason: key.split('.')[0] ?? key, said: saidIn(message, { ...params, ...french }, params) };
}

export function cellFault(key: CellMessage, params: Params = {}): CellFault {
  return faultBy<CellMessage>(CELL_MESSAGES, key, params);
}
