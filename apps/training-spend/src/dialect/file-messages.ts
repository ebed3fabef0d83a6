import type { Message } from '@gpect/tabular-files/messages';
import { TABLE_REMARKS } from '@gpect/tabular-files/remarks';

/** Why a table as a whole is not taken though it can be read: its headings, its unit, its funder. */
export const TABLE_FAULTS = {
  columns_missing: {
    fr: [
      'aucune colonne pour {wanted} ; la ligne {line} nomme {headings}',
      'renommez la colonne, ou nommez-la dans le dialecte',
    ],
    en: ['no column for {wanted}; line {line} names {headings}', 'rename the column, or name it in the dialect'],
  },
  'columns_missing.transposed': {
    fr: [
      'aucune colonne pour {wanted} ; le tableau est transposé\u00a0: ses en-têtes sont dans la première colonne, et chaque ligne à lire est une colonne',
      'remettez-le avec un en-tête par colonne (copier, puis collage spécial «\u00a0Transposé\u00a0») et renvoyez-le',
    ],
    en: [
      'no column for {wanted}; the table is transposed: its headings are in the first column, and each line to be read is a column',
      'turn it round, with one heading a column (copy, then paste special "transpose"), and send it again',
    ],
  },
  'columns_missing.pivot': {
    fr: [
      'aucune colonne pour {wanted} ; le tableau est un tableau croisé\u00a0: il donne des sommes par période ou par groupe, et non chaque paiement',
      'envoyez le tableau dont il est fait, avec une ligne par paiement',
    ],
    en: [
      'no column for {wanted}; the table is a pivot table: it gives sums by period or by group, and no single payments',
      'send the table that it is made of, with one line for each',
    ],
  },
  columns_ambiguous: {
    fr: [
      'la ligne {line} nomme plusieurs fois «\u00a0{heading}\u00a0»',
      'renommez l’autre colonne, ou nommez la bonne dans le dialecte',
    ],
    en: ['line {line} names "{heading}" more than once', 'rename the other, or name the right one in the dialect'],
  },
  'columns_ambiguous.over': {
    fr: [
      'la ligne {line} dit «\u00a0{name}\u00a0» de la colonne «\u00a0{heading}\u00a0»\u00a0: on ne sait pas si elle donne {role}',
      'écrivez les en-têtes sur une seule ligne, chacun avec son nom entier (« Montant demandé », « Montant payé »)',
    ],
    en: [
      'line {line} says "{name}" of the column "{heading}": nobody can say whether it holds {role}',
      'write the headings on one line, each with its whole name ("amount asked for", "amount paid")',
    ],
  },
  'columns_ambiguous.groups': {
    fr: [
      'la ligne {line} nomme plusieurs groupes de montants\u00a0: on ne sait pas si ce qui a été payé est «\u00a0{heading}\u00a0» ou sous «\u00a0{other}\u00a0»',
      'écrivez les en-têtes sur une seule ligne, chacun avec son nom entier (« Montant demandé », « Montant payé »)',
    ],
    en: [
      'line {line} names several groups of amounts: nobody can say whether what was paid is "{heading}" or below "{other}"',
      'write the headings on one line, each with its whole name ("amount asked for", "amount paid")',
    ],
  },
  amount_unit: {
    fr: [
      'la ligne {line} dit que les montants sont en milliers d’euros («\u00a0{text}\u00a0»)',
      'exportez-les en euros ; si tous vos fichiers sont ainsi, déclarez l’unité dans le dialecte ("unit": "kEUR") ; si la mention ne parle pas des montants, ôtez-la',
    ],
    en: [
      'line {line} says that the amounts are in thousands of euros ("{text}")',
      'export them in euros; if all your files are so, declare the unit in the dialect ("unit": "kEUR"); if the note is about something else, take it out',
    ],
  },
  'amount_unit.euros': {
    fr: [
      'la ligne {line} dit que les montants sont en euros («\u00a0{text}\u00a0») et le dialecte dit des milliers d’euros',
      'exportez-les en milliers, ou retirez l’unité ("unit") du dialecte ; si la mention ne parle pas des montants, ôtez-la',
    ],
    en: [
      'line {line} says that the amounts are in euros ("{text}"), and the dialect says thousands of euros',
      'export them in thousands, or take the unit ("unit") out of the dialect; if the note is about something else, take it out',
    ],
  },
  'amount_unit.other': {
    fr: [
      'la ligne {line} dit que les montants ne sont ni en euros ni en milliers d’euros («\u00a0{text}\u00a0»)',
      'exportez-les en euros ; si la mention ne parle pas des montants, ôtez-la',
    ],
    en: [
      'line {line} says that the amounts are neither in euros nor in thousands of them ("{text}")',
      'export them in euros; if the note is about something else, take it out',
    ],
  },
  'amount_unit.sheet': {
    fr: [
      'la feuille s’appelle «\u00a0{text}\u00a0», ce qui nomme une autre unité que celle du dialecte',
      'renommez la feuille si ses montants sont dans l’unité du dialecte ; sinon exportez-les dans celle-ci, ou déclarez la leur ("unit")',
    ],
    en: [
      'the sheet is called "{text}", which names another unit than that of the dialect',
      'rename the sheet if its amounts are in the unit of the dialect; else export them in that one, or declare theirs ("unit")',
    ],
  },
  'amount_ttc.sheet': {
    fr: [
      'la feuille s’appelle «\u00a0{text}\u00a0», ce qui dit que ses montants sont toutes taxes comprises',
      'exportez-les hors taxe ; si c’est faux, renommez la feuille',
    ],
    en: [
      'the sheet is called "{text}", which says that its amounts hold their tax',
      'export them without tax; if that is wrong, rename the sheet',
    ],
  },
  amount_ttc: {
    fr: [
      'la ligne {line} dit que les montants sont toutes taxes comprises («\u00a0{text}\u00a0»)',
      'exportez-les hors taxe ; si la mention est fausse, ou ne parle pas des montants, ôtez-la',
    ],
    en: [
      'line {line} says that the amounts hold their tax ("{text}")',
      'export them without tax; if the note is wrong or about something else, take it out',
    ],
  },
  dates_differ: {
    fr: [
      'les dates du fichier ont le mois d’abord («\u00a0{value}\u00a0», ligne {line}) et le dialecte dit le jour d’abord',
      'exportez-les avec le jour d’abord, ou déclarez "american" dans le dialecte',
    ],
    en: [
      'the days of the file are month first ("{value}", line {line}) and the dialect says day first',
      'export them day first, or declare "american" in the dialect',
    ],
  },
  'dates_differ.day': {
    fr: [
      'les dates du fichier ont le jour d’abord («\u00a0{value}\u00a0», ligne {line}) et le dialecte dit le mois d’abord',
      'exportez-les avec le mois d’abord, ou déclarez "french" dans le dialecte',
    ],
    en: [
      'the days of the file are day first ("{value}", line {line}) and the dialect says month first',
      'export them month first, or declare "french" in the dialect',
    ],
  },
  'dates_differ.said': {
    fr: [
      'la ligne {line} dit que les dates ont le mois d’abord («\u00a0{text}\u00a0») et le dialecte dit le jour d’abord',
      'exportez-les avec le jour d’abord, ou déclarez "american" dans le dialecte ; si la mention est fausse, ôtez-la',
    ],
    en: [
      'line {line} says that the days are month first ("{text}"), and the dialect says day first',
      'export them day first, or declare "american" in the dialect; if the note is wrong, take it out',
    ],
  },
  'dates_differ.said_day': {
    fr: [
      'la ligne {line} dit que les dates ont le jour d’abord («\u00a0{text}\u00a0») et le dialecte dit le mois d’abord',
      'exportez-les avec le mois d’abord, ou déclarez "french" dans le dialecte ; si la mention est fausse, ôtez-la',
    ],
    en: [
      'line {line} says that the days are day first ("{text}"), and the dialect says month first',
      'export them month first, or declare "french" in the dialect; if the note is wrong, take it out',
    ],
  },
  'dates_differ.year': {
    fr: [
      'les dates du fichier commencent par une année de deux chiffres («\u00a0{value}\u00a0», ligne {line})',
      'exportez-les avec l’année en quatre chiffres',
    ],
    en: [
      'the days of the file begin with a year of two digits ("{value}", line {line})',
      'export them with a year of four digits',
    ],
  },
  'dates_differ.mixed': {
    fr: [
      'les dates du fichier ne sont pas toutes dans le même ordre («\u00a0{value}\u00a0» à la ligne {line}, «\u00a0{other}\u00a0» à la ligne {otherLine}) ; on ne peut pas lire celles qui ont deux sens',
      'exportez-les toutes avec le jour d’abord, ou en AAAA-MM-JJ',
    ],
    en: [
      'the days of the file are not all in one order ("{value}" on line {line}, "{other}" on line {otherLine}); those with two meanings cannot be read',
      'export all of them day first, or as YYYY-MM-DD',
    ],
  },
  funder_unknown: {
    fr: ['le financeur {funder} n’a pas de dialecte', 'publiez-en un, puis renvoyez le fichier'],
    en: ['there is no dialect for {funder}', 'publish one, then send the file again'],
  },
} as const satisfies Record<string, Message>;

/** What is to be known of how the columns and lines of a file were read. */
export const FILE_REMARKS = {
  ...TABLE_REMARKS,
  column_replaced: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» a été lue à la place de «\u00a0{wanted}\u00a0», absente',
      'vérifiez que c’est la bonne, ou nommez-la dans le dialecte',
    ],
    en: [
      'the column "{heading}" was read in place of "{wanted}", which is not there',
      'check that it is the right one, or name it in the dialect',
    ],
  },
  column_named_other: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0», que nomme le dialecte, a été lue comme {role}, et son nom dit «\u00a0{word}\u00a0»',
      'vérifiez que c’est bien ce qu’elle donne, ou nommez-en une autre dans le dialecte',
    ],
    en: [
      'the column "{heading}", which the dialect names, was read as {role}, and its name says "{word}"',
      'check that this is what it holds, or name another one in the dialect',
    ],
  },
  unit_declared: {
    fr: ['les montants ont été lus en milliers d’euros, comme le dit le dialecte', 'vérifiez le total'],
    en: ['the amounts were read in thousands of euros, as the dialect says', 'check the total'],
  },
  headings_repeated: {
    fr: [
      'les en-têtes reviennent {count} fois (d’abord à la ligne {line}) ; chaque ligne a été lue sous les en-têtes qui la précèdent',
      'rien à faire',
    ],
    en: [
      'the headings come again {count} [count?time|times] (first on line {line}); each line was read by the headings above it',
      'nothing to do',
    ],
  },
  status_of_other: {
    fr: [
      'la colonne «\u00a0{heading}\u00a0» ne dit nulle part ce qui est payé ou ne l’est pas ; elle n’a refusé aucune ligne',
      'si elle le dit, indiquez le sens de ses mots dans le dialecte (« statuses »)',
    ],
    en: [
      'the column "{heading}" says nowhere what was paid or was not; it refused no line',
      'if it does, say what its words mean in the dialect ("statuses")',
    ],
  },
  title_unknown: {
    fr: [
      '[count?la ligne {line} («\u00a0{title}\u00a0») n’est pas un paiement et semble être un titre|{count} lignes ne sont pas des paiements et semblent être des titres (d’abord «\u00a0{title}\u00a0», ligne {line})] ; les lignes en dessous ont été lues comme les autres',
      'vérifiez qu’elles ont été payées',
    ],
    en: [
      '[count?line {line} ("{title}") is no payment and seems to be a title|{count} lines are no payments and seem to be titles (first "{title}", line {line})]; lines below were read like the others',
      'check that these were paid',
    ],
  },
  totals_agree: {
    fr: [
      '{count} [count?ligne de total a été mise de côté et ne compte|lignes de total ont été mises de côté et ne comptent] pas ; {agreeing} [agreeing?est égale|sont égales] aux lignes au-dessus',
      'rien à faire',
    ],
    en: [
      '{count} total [count?line was set aside and does|lines were set aside and do] not count; {agreeing} [agreeing?agrees|agree] with the lines above them',
      'nothing to do',
    ],
  },
  'totals_agree.some': {
    fr: [
      '{count} [count?ligne de total a été mise de côté et ne compte|lignes de total ont été mises de côté et ne comptent] pas ; {agreeing} [agreeing?est égale|sont égales] aux lignes au-dessus, et {unread} [unread?n’a pas pu être comparée|n’ont pas pu être comparées] (un montant illisible, ou aucune ligne au-dessus)',
      'vérifiez ce que [unread?celle-ci donne|celles-ci donnent]',
    ],
    en: [
      '{count} total [count?line was set aside and does|lines were set aside and do] not count; {agreeing} [agreeing?agrees|agree] with the lines above them, and {unread} could not be compared (an amount that cannot be read, or no line above)',
      'check what [unread?this one says|these say]',
    ],
  },
  totals_set_aside: {
    fr: [
      '{count} [count?ligne de total a été mise de côté et ne compte|lignes de total ont été mises de côté et ne comptent] pas',
      'regardez celles qui diffèrent des lignes au-dessus',
    ],
    en: [
      '{count} total [count?line was set aside and does|lines were set aside and do] not count',
      'look at those that differ from the lines above',
    ],
  },
  total_differs: {
    fr: [
      'le total de la ligne {line} est de {total}, les lignes au-dessus font {reckoned}',
      'vérifiez qu’il ne manque pas de ligne et qu’aucune n’est en double',
    ],
    en: [
      'the total on line {line} is {total}, the lines above make {reckoned}',
      'check that no line is missing and none stands twice',
    ],
  },
  'total_differs.unreadable': {
    fr: [
      'le total de la ligne {line} est de {total}, les lignes au-dessus font {reckoned} sans les {count} dont le montant n’a pas pu être lu',
      'corrigez ces montants',
    ],
    en: [
      'the total on line {line} is {total}, the lines above make {reckoned} without the {count} whose amount could not be read',
      'mend these amounts',
    ],
  },
  siret_restored: {
    fr: [
      '{count} SIRET [count?avait perdu ses|avaient perdu leurs] zéros de tête ; ils ont été rétablis',
      'exportez la colonne en texte',
    ],
    en: ['{count} SIRET had lost the zeros at their head; these were put back', 'export the column as text'],
  },
  establishment_closed: {
    fr: [
      '{count} [count?paiement est postérieur|paiements sont postérieurs] à la fermeture de l’établissement',
      'rien à faire s’ils sont justes',
    ],
    en: [
      '{count} [count?payment is|payments are] later than the closing of the establishment',
      'nothing to do if they are right',
    ],
  },
  amount_rounded: {
    fr: [
      '{count} [count?montant calculé a été arrondi|montants calculés ont été arrondis] au centime que [count?sa|leur] cellule montre',
      'vérifiez le total',
    ],
    en: ['{count} reckoned [count?amount was|amounts were] rounded to the cent that the cell shows', 'check the total'],
  },
  lines_repeated: {
    fr: [
      '{count} [count?ligne répète|lignes répètent] à l’identique une autre ligne du même fichier, qui n’a compté qu’une fois',
      'si ce sont plusieurs paiements, donnez à chacun sa référence, ou ajoutez une colonne à la clé du dialecte ("key")',
    ],
    en: [
      '{count} [count?line repeats|lines repeat] another line of the same file to the letter, which counts once',
      'if they are several payments, give each its own reference, or add a column to the key of the dialect ("key")',
    ],
  },
  preview_cut: {
    fr: [
      'l’aperçu n’a comparé entre elles que les lignes jusqu’à la ligne {line}',
      'envoyez le fichier : son compte rendu dit celles qui se répètent plus bas',
    ],
    en: [
      'the preview held against each other the lines up to line {line} alone',
      'send the file: its report says which ones below are repeated',
    ],
  },
} as const satisfies Record<string, Message>;
