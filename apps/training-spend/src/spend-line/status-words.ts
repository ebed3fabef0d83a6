import { nameKey } from '@gpect/tabular-files/name-key';
import { NOT_VALID, saysNo, undecorated } from '@gpect/tabular-files/words-of-status';
import { saysTakenBack, saysUnpaid } from './words-of-no-payment.js';

/** What the words of columns of status say of a payment: closed lists, and anything else is a word that nobody knows. */

export type StatusFault = 'not_paid' | 'status_unknown' | 'amount_taken_back';

/** Columns that may say how a payment stands, and as well how a person, a machine or a project does. */
const MAYBE_STATUS = /^(?:statut|status|etat|etape|stade|avancement|situation)$/;
const PAID =
  /^(?:pay[ée]e?s?|r[ée]gl[ée]e?s?|vers[ée]e?s?|sold[ée]e?s?|acquitt[ée]e?s?|liquid[ée]e?s?|mandat[ée]e?s?|vir[ée]e?s?|virement|d[ée]caiss[ée]e?s?|encaiss[ée]e?s?|comptabilis[ée]e?s?|effectu[ée]e?s?|ex[ée]cut[ée]e?s?|r[ée]alis[ée]e?s?|termin[ée]e?s?|trait[ée]e?s?|valid[ée]e?s?|clos(?:e|es)?|cl[ôo]tur[ée]e?s?|d[ée]finitif|actif|valide|ok|oui|paid|settled|done|completed|closed)$/iu;
/** What may stand beside the word: by what, when, of what. */
const BESIDE =
  /(?:^|\s)(?:le\s)?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$|^(?:paiement|r[èe]glement|versement|virement|dossier|facture|ligne|mandat)\s+|\s+(?:int[ée]gralement|en totalit[ée]|par (?:virement|ch[èe]que|mandat))$/giu;
const NOT_TAKEN_BACK = /^(?:non|pas)\s+(?:annul|rejet|refus|extourn|supprim)/iu;
const VERB =
  '(?:r[ée]gl|pay|vers|sold|liquid|mandat|acquitt|vir|valid|abouti|trait|ex[ée]cut|effectu|r[ée]alis|conforme|recevable|[ée]ligible|retenu)';
const NOT_PAID = `(?:(?:non|pas|jamais|ni)[\\s-]+(?:encore[\\s-]+)?(?:[ée]t[ée]\\s+)?${VERB}|en\\s+(?:attente|cours|instance|suspens|litige|instruction|traitement|pr[ée]paration)|[àa]\\s+(?:payer|r[ée]gler|verser|valider|traiter|mandater|liquider|solder|venir)|impay[ée]|${NOT_VALID}|litige|contest[ée]|unpaid)`;
const UNPAID = new RegExp(`(?<!\\p{L})${NOT_PAID}`, 'iu');
/** All that a cell says, but for what of. */
const ALL_UNPAID = new RegExp(
  `^(?:(?:dossier|facture|paiement|r[èe]glement|versement|virement|ligne)\\s+)?${NOT_PAID}`,
  'iu',
);

/** Words of payments, however their cell goes on. */
const OF_PAYMENT =
  /(?<!\p{L})(?:im)?(?:pay[ée]|r[ée]gl[ée]|vers[ée]|sold[ée]|mandat[ée]|liquid[ée]|encaiss[ée]|annul[ée]|rejet[ée]|paid)/iu;
/** What is paid as well as what is not about payment. */
const OF_ANYTHING = /^(?:actif|active|oui|ok|valide|en cours)$/iu;

export function isMaybeStatus(heading: string): boolean {
  return MAYBE_STATUS.test(nameKey(heading.slice(0, 200)));
}

export function isUnpaid(word: string): boolean {
  return UNPAID.test(word);
}

export function ofStatus(word: string): StatusFault | undefined {
  // What is taken back is looked at apart, with the sign of its amount.
  if (NOT_TAKEN_BACK.test(word) || saysTakenBack(word, 'stage')) return undefined;
  if (UNPAID.test(word) || saysNo(word) || saysUnpaid(word, 'stage')) return 'not_paid';
  return PAID.test(word.replace(BESIDE, '').trim()) ? undefined : 'status_unknown';
}

/** The same in a column that says nowhere in its file what was paid: what is plainly not paid is not, all else is of something other. */
export function ofStatusOfOther(word: string): StatusFault | undefined {
  return ALL_UNPAID.test(undecorated(word)) || saysUnpaid(word, 'stage') ? 'not_paid' : undefined;
}

/** Whether a word shows that its column is about what was paid. */
export function isOfPayment(word: string): boolean {
  if (OF_ANYTHING.test(word)) return false;
  const isPaid = PAID.test(word.replace(BESIDE, '').trim());
  return isPaid || OF_PAYMENT.test(word) || saysTakenBack(word, 'kind') || ofStatusOfOther(word) !== undefined;
}
