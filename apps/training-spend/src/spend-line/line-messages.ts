import { CELL_MESSAGES } from '@gpect/tabular-files/cell-messages';
import type { Message } from '@gpect/tabular-files/messages';

/** What a line with one text and nothing else is told, whichever of its cells was looked at first. */
const NOTE_ALONE = {
  fr: [
    'la ligne ne contient que «\u00a0{shown}\u00a0»\u00a0: ce n’est pas un paiement',
    'rien si c’est une note ou une signature ; si c’est un paiement, remplissez ses colonnes',
  ],
  en: [
    'the line holds "{shown}" alone: it is no payment',
    'nothing if it is a note or a signature; if it is a payment, fill in its columns',
  ],
} as const;

/** Why a line is refused, and what to do; what stands behind a point tells cases of one code apart. */
export const LINE_MESSAGES = {
  ...CELL_MESSAGES,
  missing: {
    fr: ['la cellule est vide et fait partie de la clé de la ligne', 'remplissez-la'],
    en: ['the cell is empty and is part of the key of the line', 'fill it in'],
  },
  'missing.placeholder': {
    fr: ['ce qui est écrit ne désigne pas un paiement', 'donnez à chaque paiement sa référence'],
    en: ['what is written names no payment', 'give each payment its reference'],
  },
  'missing.note': NOTE_ALONE,
  'siret_missing.note': NOTE_ALONE,
  line_cut: {
    fr: [
      'le fichier s’arrête dans cette ligne, et «\u00a0{shown}\u00a0» est plus court que dans les autres',
      'renvoyez le fichier entier, ou écrivez la cellule entière',
    ],
    en: [
      'the file ends within this line, and "{shown}" is shorter than on the others',
      'send the whole file again, or write the whole cell',
    ],
  },
  amount_split: {
    fr: [
      'la virgule sépare les colonnes et semble couper le montant ({shown})',
      'exportez avec un point-virgule, ou mettez les montants entre guillemets',
    ],
    en: [
      'the comma separates the columns and seems to cut the amount in two ({shown})',
      'export with a semicolon, or put the amounts in quotation marks',
    ],
  },
  amount_taken_back: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» dit «\u00a0{word}\u00a0» et le montant est positif',
      'mettez un signe moins s’il est à retirer, ôtez la ligne si elle n’a pas été payée, ou dites dans le dialecte que la colonne est l’opération, ou que ce texte est payé ("statuses")',
    ],
    en: [
      'the column "{heading}" says "{word}" and the amount is positive',
      'write a minus if it is to be taken off, take the line out if it was not paid, or say in the dialect that the column is the operation, or that this text is paid ("statuses")',
    ],
  },
  total: {
    fr: ['c’est une ligne de total, pas un paiement', 'rien, elle est mise de côté et comparée aux lignes au-dessus'],
    en: ['this is a total line, no payment', 'nothing to do, it is set aside and compared with the lines above'],
  },
  total_or_payment: {
    fr: [
      'la ligne se nomme comme un total et a tout d’un paiement, et rien ne dit lequel des deux elle est',
      'si c’est un total, ôtez la ligne ou videz sa date et son SIRET, ou nommez-le dans le dialecte ("totals") s’il est nommé dans sa référence ou sa première cellule ; si c’est un paiement, nommez-le autrement',
    ],
    en: [
      'the line is called a total and has all that a payment has, and nothing tells which of both it is',
      'if it is a total, take the line out or empty its day and its SIRET, or name it in the dialect ("totals") where its reference or its first cell is called so; if it is a payment, name it otherwise',
    ],
  },
  amount_unit: {
    fr: [
      'la ligne {line} dit que les montants sont dans une autre unité («\u00a0{text}\u00a0»)',
      'si des paiements suivent cette mention, réécrivez leurs montants dans l’unité de ceux d’avant, puis ôtez-la ; si les lignes au-dessus sont aussi dans son unité, retirez le fichier ; si elle ne parle pas des montants, ôtez-la',
    ],
    en: [
      'line {line} says that the amounts are in another unit ("{text}")',
      'if payments stand below this note, write their amounts in the unit of those before, then take it out; if the lines above are in its unit too, withdraw the file; if it is about something else, take it out',
    ],
  },
  'amount_unit.column': {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» dit «\u00a0{word}\u00a0» et les montants sont lus en {unit}',
      'écrivez le montant en {unit}, ou l’unité ("unit") dans le dialecte si tout le fichier est ainsi',
    ],
    en: [
      'the column "{heading}" says "{word}" and amounts are read in {unit}',
      'write the amount in {unit}, or the unit ("unit") in the dialect if the whole file is so',
    ],
  },
  amount_ttc: {
    fr: [
      'la ligne {line} dit que les montants sont toutes taxes comprises («\u00a0{text}\u00a0»)',
      'si des paiements suivent cette mention, réécrivez leurs montants hors taxe, puis ôtez-la ; si les lignes au-dessus sont aussi toutes taxes comprises, retirez le fichier ; si elle ne parle pas des montants, ôtez-la',
    ],
    en: [
      'line {line} says that the amounts hold their tax ("{text}")',
      'if payments stand below this note, write their amounts without tax, then take it out; if the lines above hold their tax too, withdraw the file; if it is about something else, take it out',
    ],
  },
  'amount_unreadable.ttc': {
    fr: ['la cellule montre «\u00a0{shown}\u00a0», toutes taxes comprises', 'écrivez le montant hors taxe'],
    en: ['the cell shows "{shown}", with tax', 'write the amount without tax'],
  },
  'amount_unreadable.ttc_column': {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» dit «\u00a0{word}\u00a0»\u00a0: le montant est toutes taxes comprises',
      'écrivez le montant hors taxe, et ôtez cette mention',
    ],
    en: [
      'the column "{heading}" says "{word}": the amount is with tax',
      'write the amount without tax, and take this note out',
    ],
  },
  not_paid: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» dit «\u00a0{word}\u00a0» : la ligne n’a pas été payée et ne compte pas',
      'rien si c’est juste ; renvoyez-la quand elle sera payée, ou dites dans le dialecte que ce texte est payé ("statuses")',
    ],
    en: [
      'the column "{heading}" says "{word}": the line was not paid and does not count',
      'nothing to do if that is right; send it again once it is paid, or say in the dialect that this text is paid ("statuses")',
    ],
  },
  status_unknown: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» dit «\u00a0{word}\u00a0», et on ne sait pas si la ligne a été payée',
      'écrivez Payé ou Non payé, ou dites ce que ce mot veut dire dans le dialecte ("statuses")',
    ],
    en: [
      'the column "{heading}" says "{word}", and nobody can say whether the line was paid',
      'write Payé or Non payé, or say what the word means in the dialect ("statuses")',
    ],
  },
  other_table: {
    fr: [
      'un autre tableau commence à la ligne {line} ({headings}) et ses colonnes ne sont pas celles du dialecte',
      'rien si ce ne sont pas des paiements ; sinon envoyez-le seul, ou ôtez ses en-têtes et réécrivez ses lignes sous les premiers',
    ],
    en: [
      'another table begins on line {line} ({headings}), and its columns are not those of the dialect',
      'nothing to do if these are no payments; else send it by itself, or take its headings out and write its lines under the first ones',
    ],
  },
  section_taken_back: {
    fr: [
      'la ligne est sous le titre «\u00a0{title}\u00a0» (ligne {line}) et son montant est positif',
      'réécrivez-le avec un signe moins s’il est à retirer ; rien si la ligne ne compte pas ; si c’est un paiement, ôtez le titre et réécrivez le montant',
    ],
    en: [
      'the line stands below the title "{title}" (line {line}) and its amount is positive',
      'write it with a minus if it is to be taken off; nothing to do if the line does not count; if it is a payment, take the title out and write the amount anew',
    ],
  },
  'section_taken_back.doubt': {
    fr: [
      'la ligne est sous le titre «\u00a0{title}\u00a0» (ligne {line}) et son montant est positif ; «\u00a0{other}\u00a0» (ligne {otherLine}) est peut-être le titre d’une autre partie',
      'si c’est un paiement, écrivez un titre seul sur sa ligne, sans montant (Paiements), au-dessus d’elle ; sinon mettez un signe moins s’il est à retirer',
    ],
    en: [
      'the line stands below the title "{title}" (line {line}) and its amount is positive; "{other}" (line {otherLine}) may be the title of another part',
      'if it is a payment, write a title alone on its line, without an amount (Paiements), above it; else write a minus if it is to be taken off',
    ],
  },
  'section_taken_back.sheet': {
    fr: [
      'la feuille s’appelle «\u00a0{title}\u00a0» et le montant de la ligne est positif',
      'réécrivez-le avec un signe moins s’il est à retirer ; rien si la ligne ne compte pas ; si c’est un paiement, renommez la feuille ou réécrivez le montant',
    ],
    en: [
      'the sheet is called "{title}" and the amount of the line is positive',
      'write it with a minus if it is to be taken off; nothing to do if the line does not count; if it is a payment, rename the sheet or write the amount anew',
    ],
  },
  'section_taken_back.title': {
    fr: [
      '«\u00a0{title}\u00a0» est un titre : les montants positifs en dessous ne comptent pas',
      'laissez-le : il dit la même chose des lignes renvoyées sous lui ; ôtez-le si ce sont des paiements',
    ],
    en: [
      '"{title}" is a title: positive amounts below it do not count',
      'leave it: it says the same of lines that are sent back below it; take it out if they are payments',
    ],
  },
  section_unpaid: {
    fr: [
      'la ligne est sous le titre «\u00a0{title}\u00a0» (ligne {line}), qui n’annonce pas de paiements',
      'rien si c’est juste ; si elle a été payée, ôtez le titre et réécrivez le montant',
    ],
    en: [
      'the line stands below the title "{title}" (line {line}), which is none of payments',
      'nothing to do if that is right; if it was paid, take the title out and write the amount anew',
    ],
  },
  'section_unpaid.doubt': {
    fr: [
      'la ligne est sous le titre «\u00a0{title}\u00a0» (ligne {line}), qui n’annonce pas de paiements ; «\u00a0{other}\u00a0» (ligne {otherLine}) est peut-être le titre d’une autre partie',
      'si elle a été payée, écrivez un titre seul sur sa ligne, sans montant (Paiements), au-dessus d’elle, et renvoyez-la ; sinon rien',
    ],
    en: [
      'the line stands below the title "{title}" (line {line}), which is none of payments; "{other}" (line {otherLine}) may be the title of another part',
      'if it was paid, write a title alone on its line, without an amount (Paiements), above it, and send it again; else nothing',
    ],
  },
  'section_unpaid.sheet': {
    fr: [
      'la feuille s’appelle «\u00a0{title}\u00a0», ce qui n’annonce pas de paiements',
      'rien si c’est juste ; si la ligne a été payée, renommez la feuille ou réécrivez le montant',
    ],
    en: [
      'the sheet is called "{title}", which is none of payments',
      'nothing to do if that is right; if the line was paid, rename the sheet or write the amount anew',
    ],
  },
  'section_unpaid.title': {
    fr: [
      '«\u00a0{title}\u00a0» est un titre et n’annonce pas de paiements : les lignes en dessous ne comptent pas',
      'laissez-le : il dit la même chose des lignes renvoyées sous lui ; ôtez-le si elles ont été payées',
    ],
    en: [
      '"{title}" is a title and none of payments: lines below it do not count',
      'leave it: it says the same of lines that are sent back below it; take it out if they were paid',
    ],
  },
  text_unfit: {
    fr: [
      'le caractère {at} de la cellule est {code}, qu’aucun système ne garde (un caractère de contrôle, la moitié d’un caractère, ou un caractère perdu)',
      'retirez-le de la cellule et renvoyez la ligne',
    ],
    en: [
      'character {at} of the cell is {code}, which no system keeps (a control character, half of a character, or one that was lost)',
      'take it out of the cell and send the line again',
    ],
  },
  'reference_unreadable.damaged': {
    fr: [
      'des lettres de la référence «\u00a0{shown}\u00a0» sont abîmées (le fichier a été lu ou enregistré dans un autre encodage)',
      'exportez le fichier en UTF-8 depuis le logiciel d’origine, ou réécrivez la référence',
    ],
    en: [
      'letters of the reference "{shown}" are damaged (the file was read or saved in another encoding)',
      'export the file as UTF-8 from the program that it comes from, or write the reference anew',
    ],
  },
  'reference_unreadable.quote': {
    fr: [
      'la référence contient un guillemet qui n’est pas refermé ou un retour à la ligne',
      'ôtez-le, ou refermez le guillemet ouvert au-dessus',
    ],
    en: [
      'the reference holds a quotation mark that is not closed, or a line break',
      'take it out, or close the quotation mark that was opened above',
    ],
  },
  amount_unreadable: {
    fr: ['ce n’est pas un montant en euros', 'écrivez-le avec deux décimales au plus{mark}'],
    en: ['this is no amount in euros', 'write it with at most two decimals{mark}'],
  },
  'amount_unreadable.mark': {
    fr: [
      'les centimes du montant sont séparés par «\u00a0{other}\u00a0», et le dialecte dit «\u00a0{mark}\u00a0»',
      'écrivez le montant avec «\u00a0{mark}\u00a0» ; si tous vos fichiers sont ainsi, changez "decimal" dans le dialecte',
    ],
    en: [
      'the cents of the amount are separated by "{other}", and the dialect says "{mark}"',
      'write the amount with "{mark}"; if all your files are so, change "decimal" in the dialect',
    ],
  },
  'amount_unreadable.note': {
    fr: ['«\u00a0{shown}\u00a0» porte un exposant ou un indice, comme un appel de note', 'écrivez le montant seul'],
    en: ['"{shown}" holds a raised or lowered sign, as that of a note', 'write the amount alone'],
  },
  'amount_unreadable.empty': {
    fr: ['la cellule du montant est vide', 'écrivez le montant en euros'],
    en: ['the cell is empty', 'write an amount in euros'],
  },
  'amount_unreadable.number': {
    fr: [
      'ce nombre ressemble à un téléphone, à un SIREN ou à un code, pas à un montant',
      'écrivez le montant en euros, avec ses centimes (1234,00) si c’est bien celui-là',
    ],
    en: [
      'this number looks like a telephone, a SIREN or a code, and not like an amount',
      'write the amount in euros, with its cents (1234.00) if it is that one',
    ],
  },
  amount_ambiguous: {
    fr: [
      'ce peut être des euros ou des milliers d’euros',
      'écrivez aussi les centimes (1234,00), ou le nombre de décimales dans le dialecte ("decimals")',
    ],
    en: [
      'it could be euros or thousands of them',
      'write the cents too (1234,00), or the number of decimals in the dialect ("decimals")',
    ],
  },
  'amount_ambiguous.hyphen': {
    fr: [
      'la cellule contient un trait d’union conditionnel, que certains logiciels montrent comme un moins et d’autres ne montrent pas',
      'écrivez «\u00a0-{shown}\u00a0» ou «\u00a0{shown}\u00a0», tapé à la main',
    ],
    en: [
      'the cell holds a soft hyphen, which some programs show as a minus and others do not show',
      'write "-{shown}" or "{shown}" by hand',
    ],
  },
  'amount_unreadable.kind': {
    fr: ['la cellule montre {shown}, qui n’est pas un montant en euros', 'écrivez le montant en euros'],
    en: ['the cell shows {shown}, which is no amount in euros', 'write an amount in euros'],
  },
  amount_scaled: {
    fr: [
      'la cellule montre «\u00a0{shown}\u00a0» et contient {number} ; son format cache des milliers',
      'donnez à la colonne un format qui montre tout le nombre, en euros',
    ],
    en: [
      'the cell shows "{shown}" and holds {number}; its format leaves thousands off',
      'give the column a format that shows the whole number, in euros',
    ],
  },
  amount_unit_differs: {
    fr: [
      'la cellule montre «\u00a0{shown}\u00a0», en euros, et le dialecte dit des milliers d’euros',
      'écrivez le montant en milliers, ou retirez l’unité ("unit") du dialecte',
    ],
    en: [
      'the cell shows "{shown}", in euros, and the dialect says thousands of euros',
      'write the amount in thousands, or take the unit ("unit") out of the dialect',
    ],
  },
  date_in_future: {
    fr: ['le {date} n’est pas encore venu', 'écrivez le jour du paiement'],
    en: ['{date} has not come yet', 'write the day of the payment'],
  },
  scheme_unknown: {
    fr: ['le dialecte ne connaît pas ce dispositif', 'nommez l’un de {labels}, ou ajoutez le nom au dialecte'],
    en: ['the dialect does not know this scheme', 'name one of {labels}, or add the name to the dialect'],
  },
  'scheme_unknown.empty': {
    fr: ['la cellule est vide', 'nommez le dispositif\u00a0: l’un de {labels}'],
    en: ['the cell is empty', 'name the scheme: one of {labels}'],
  },
  scheme_not_in_force: {
    fr: ['{scheme} ne pouvait être payé qu’à partir du {from}', 'corrigez le jour ou le dispositif'],
    en: ['{scheme} could not be paid before {from}', 'mend the day or the scheme'],
  },
  'scheme_not_in_force.until': {
    fr: ['{scheme} ne pouvait être payé que du {from} au {until}', 'corrigez le jour ou le dispositif'],
    en: ['{scheme} could only be paid from {from} to {until}', 'mend the day or the scheme'],
  },
  operation_unknown: {
    fr: ['le dialecte ne connaît pas cette opération', 'nommez l’une de {labels}'],
    en: ['the dialect does not know this operation', 'name one of {labels}'],
  },
  'operation_unknown.undeclared': {
    fr: [
      'le dialecte lit cette colonne comme l’opération et ne dit pas ce que ce mot veut dire',
      'nommez-le dans le dialecte ("operations")',
    ],
    en: [
      'the dialect reads this column as the operation and does not say what the word means',
      'name it in the dialect ("operations")',
    ],
  },
  'hours_unreadable.thousands': {
    fr: [
      'ce peut être des milliers ou des décimales',
      'écrivez le nombre sans point ni virgule suivis de trois chiffres',
    ],
    en: ['it can be thousands or decimals', 'write the number without a point or comma before three digits'],
  },
  hours_unreadable: {
    fr: ['ce n’est pas un nombre d’heures', 'écrivez un nombre, ou laissez la cellule vide'],
    en: ['this is no number of hours', 'write a number, or leave the cell empty'],
  },
  'trainees_unreadable.thousands': {
    fr: [
      'ce peut être des milliers ou des décimales',
      'écrivez le nombre sans point ni virgule suivis de trois chiffres',
    ],
    en: ['it can be thousands or decimals', 'write the number without a point or comma before three digits'],
  },
  trainees_unreadable: {
    fr: ['ce n’est pas un nombre de stagiaires', 'écrivez un nombre, ou laissez la cellule vide'],
    en: ['this is no number of trainees', 'write a number, or leave the cell empty'],
  },
  reference_differs: {
    fr: ['cette référence existe avec {was}', 'envoyez une correction, ou donnez à ce paiement une autre référence'],
    en: ['this reference is known with {was}', 'send a correction, or give this payment another reference'],
  },
  reference_zeros: {
    fr: [
      'la même référence est connue avec d’autres zéros de tête («\u00a0{reference}\u00a0») et un autre contenu ; un tableur a peut-être ôté des zéros',
      'si c’est ce paiement, écrivez sa référence avec ses zéros ; si c’en est un autre, donnez-lui une référence qui diffère par plus que des zéros',
    ],
    en: [
      'the same reference is known with other zeros at its head ("{reference}") and other content; a spreadsheet may have taken zeros away',
      'if it is that payment, write its reference with its zeros; if it is another, give it a reference that differs by more than zeros',
    ],
  },
  cancellation_differs: {
    fr: ['la ligne a été enregistrée avec {was}', 'annulez-la avec le même montant et le même SIRET'],
    en: ['the line was recorded with {was}', 'cancel it with the same amount and SIRET'],
  },
  line_cancelled: {
    fr: ['la ligne a été annulée', 'donnez une autre référence à ce qui la remplace'],
    en: ['the line was cancelled', 'give what replaces it a reference of its own'],
  },
} as const satisfies Record<string, Message>;

export type LineMessage = keyof typeof LINE_MESSAGES;
