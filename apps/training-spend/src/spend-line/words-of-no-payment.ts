import { nameKey } from '@gpect/tabular-files/name-key';
import { NOT_DENIED, TAKEN_BACK } from '@gpect/tabular-files/words-of-status';

/**
 * What a line calls itself that pays nothing, or takes back what was paid: one vocabulary for labels, comments, types and
 * columns of status. A label may also speak of such things (`Gestion des impayés`), so that outside of columns that say what
 * a line is, a word counts only where it begins the label, or is all that one of its parts says.
 */

const keys = (names: readonly string[]) => new Set(names.map(nameKey));

/** Which sort of column a word stands in: one that says what the line is, one of free text, or any other. */
export type WordColumn = 'says' | 'text' | 'any';

/** What any column says whole of a line that is taken back. */
const WHOLE_BACK = keys([
  ...['avoir', 'avoirs', 'note de crédit', 'notes de crédit', 'trop perçu', 'trop perçus', 'contrepassation'],
  ...['contrepassé', 'contrepassée', 'annulation', 'à rembourser', 'à récupérer', 'à déduire', 'credit note', 'refund'],
  ...['refunded', 'cancelled', 'canceled', 'reversal', 'chargeback', 'facture d’avoir'],
]);
/** What free text says whole. */
const WHOLE_TEXT_BACK = keys([
  ...['remboursement', 'remboursé', 'remboursée', 'reversement', 'reversé', 'remise', 'ristourne', 'rabais', 'reprise'],
  ...['restitution', 'indu', 'indus', 'récupération', 'recouvrement', 'déduction', 'retenue'],
]);
const WHOLE_SAID_BACK = keys(['crédit', 'annul', 'av', 'retour', 'ordre de reversement']);

/** What any column says whole of money that was not spent, or not yet. */
const WHOLE_UNPAID = keys([
  ...[
    'provision',
    'provisions',
    'proforma',
    'facture proforma',
    'brouillon',
    'doublon',
    'unpaid',
    'pending',
    'accrual',
  ],
]);
const WHOLE_SAID_UNPAID = keys([
  ...['engagement', 'engagé', 'engagée', 'prévisionnel', 'prévisionnelle', 'prévision', 'prévu', 'prévue', 'devis'],
  ...['budget', 'estimation', 'estimé', 'commande', 'bon de commande', 'draft', 'quote', 'forecast', 'budgété'],
]);

const DONE = '(?:annul|rejet|refus|extourn|contre-?pass)[ée]e?s?';
const PAPER =
  '(?:factures?|paiements?|r[èe]glements?|versements?|virements?|ch[èe]ques?|mandats?|dossiers?|prises?\\s+en\\s+charge|pec|demandes?|lignes?|[ée]critures?|actions?|formations?|stages?|sessions?|commandes?)';
const MONEY = '(?:trop[\\s-]?(?:per[çc]us?|vers[ée]s?|pay[ée]s?)|indus?|avoirs?|acomptes?|avances?)';
const OF = '(?:\\s+(?:des?|du|d’un|d’une|sur|d’|de\\s+l’|de\\s+la)|(?=\\s))\\s*';
/** What a label begins with that takes its line back; `Avoir confiance`, `Remboursement de frais` begin otherwise. */
const BEGINS_BACK = new RegExp(
  `^(?:annulations?|annul[ée]e?s?|supprim[ée]e?s?|rejet[ée]e?s?|refus[ée]e?s?|extourn(?:es?|[ée]e?s?)|contre-?pass(?:ations?|[ée]e?s?)|avoirs?\\s+(?:n[°o]|n\\b|\\d|sur\\s+(?:la\\s+)?(?:facture|fact|paiement|dossier|n°|\\d)|du\\s+\\d|clients?|fournisseurs?|partiels?|tota(?:l|ux)|facture)|factures?\\s+d’avoir|notes?\\s+de\\s+cr[ée]dit|credit\\s+notes?|cancell?(?:ed|ation)|refund(?:ed)?|trop[\\s-]?per[çc]us?|remboursements?${OF}${MONEY}|reprises?${OF}(?:${MONEY}|provisions?)|r[ée]gul(?:\\.|arisations?)?${OF}(?:annulations?|${MONEY})|${PAPER}\\s+(?:(?:a|ont)\\s+[ée]t[ée]\\s+|est\\s+|sont\\s+)?${DONE})(?!\\p{L})`,
  'iu',
);
/** What a later part of a label says whole, but for its day or number. */
const PART_BACK = new RegExp(
  `^(?:annulations?|${DONE}|supprim[ée]e?s?|avoirs?|extourne|trop[\\s-]?per[çc]us?)(?:\\s+(?:le|du|au|n°|par)?\\s*[\\d/.-]*)?$`,
  'iu',
);
const NOT_YET =
  '(?:non|pas(?:\\s+encore)?|jamais)[\\s-]+(?:r[ée]gl[ée]|pay[ée]|vers[ée])e?s?|impay[ée]e?s?|[àa]\\s+(?:payer|r[ée]gler)|en\\s+attente\\s+de\\s+(?:paiement|r[èe]glement|versement|validation)';
/** What any column says of money that was not spent. */
const ALL_UNPAID = new RegExp(
  `^(?:${NOT_YET}|${PAPER}\\s+impay[ée]e?|provisions?\\s+(?:pour|sur|n°|au|\\d).*)[.!]?$`,
  'iu',
);
/** What a column that says what its line is says among other words, unless they deny it. */
const WITHIN = new RegExp(
  `${NOT_DENIED}(?:${TAKEN_BACK}|extourn(?:e|ée?s?)|contre-?pass(?:ation|ée?s?)|supprim(?:ée?s?)|suppressions?|avoirs?\\s+(?:n[°o]|\\d|sur|du))(?!\\p{L})`,
  'iu',
);
/** Whether a text can hold any of those words, so that other labels cost little. */
const MAY_SAY =
  /annul|avoir|av$|cr[ée]dit|rembours|remis|repris|revers|refund|refus|rejet|suppr|extourn|pass|per[çc]u|indu|cancel|chargeback|d[ée]du|r[ée]cup|recouv|ristourne|rabais|restitu|retenue|retour|abandon/iu;
const MAY_SAY_UNPAID =
  /pay|r[ée]gl|vers|provision|forma|brouillon|doublon|pending|accrual|engag|pr[ée]v|devis|budg|estim|commande|draft|quote|forecast|attente/iu;
const PARTS = /\s+[-–—:|/]\s*|[;,:()[\]\n]+\s*|\.\s+/;

const plain = (text: string) => text.normalize('NFC').replace(/['’]\s?/g, '’');

/** Whether what stands in a column takes its line back. */
export function saysTakenBack(given: string, column: WordColumn): boolean {
  if (!MAY_SAY.test(given)) return false;
  const text = plain(given);
  const key = nameKey(text);
  if (WHOLE_BACK.has(key) || (column !== 'any' && WHOLE_TEXT_BACK.has(key))) return true;
  if (column === 'says' && (WHOLE_SAID_BACK.has(key) || WITHIN.test(text))) return true;
  if (BEGINS_BACK.test(text)) return true;
  return text
    .split(PARTS)
    .slice(1)
    .some((part) => PART_BACK.test(part.trim()));
}

/** Whether what stands in a column says that its line was not paid. */
export function saysUnpaid(given: string, column: WordColumn): boolean {
  if (!MAY_SAY_UNPAID.test(given)) return false;
  const text = plain(given);
  const key = nameKey(text);
  if (WHOLE_UNPAID.has(key) || (column === 'says' && WHOLE_SAID_UNPAID.has(key))) return true;
  return text.split(PARTS).some((part) => ALL_UNPAID.test(part.trim()));
}
