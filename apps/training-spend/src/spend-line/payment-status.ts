import { nameKey } from '@gpect/tabular-files/name-key';
import { type Cell, textOf } from '@gpect/tabular-files/table';
import { NOT_VALID } from '@gpect/tabular-files/words-of-status';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { wordColumnOf } from './other-columns.js';
import { saysTakenBack, saysUnpaid, type WordColumn } from './words-of-no-payment.js';

/** Whether a line was paid, as columns of status and of signs say it: by closed lists, and by what the dialect adds to them. */

const keys = (names: readonly string[]) => new Set(names.map(nameKey));

const OF_WHAT =
  'paiements?|reglements?|versements?|dossiers?|factures?|lignes?|demandes?|pec|priseencharge|actions?|operations?|ecritures?|mouvements?|mandats?|virements?|prestations?';
const STATUS = new RegExp(
  `^(?:statuts?|status|etat|situation)(?:d(?:u|e|ela|el|es)?)?(?:${OF_WHAT})$|^(?:statut|status|etat|etape|stade|avancement)$`,
);
/** Columns of yes and no; what else stands in them (a day, an amount, how it was paid) tells nothing here. */
const YES_OR_NO =
  /^(?:est)?(?:payee?|reglee?|versee?|soldee?|acquittee?|liquidee?|mandatee?|paid|(?:paiement|reglement|versement)(?:effectue|fait|valide|realise)?)(?:on|ouinon|yn)?$/;
const SIGN = /^(?:signe|sign|signedumontant|signemontant)$/;
const FACTOR = /^(?:coef(?:ficient)?|facteur|multiplicateur)$/;
const SENS = keys(['sens', 'débit/crédit', 'd/c', 'c/d', 'd ou c', 'sens écriture', 'sens du mouvement']);

const PAID =
  /^(?:pay[ée]e?s?|r[ée]gl[ée]e?s?|vers[ée]e?s?|sold[ée]e?s?|acquitt[ée]e?s?|liquid[ée]e?s?|mandat[ée]e?s?|vir[ée]e?s?|virement|d[ée]caiss[ée]e?s?|encaiss[ée]e?s?|comptabilis[ée]e?s?|effectu[ée]e?s?|ex[ée]cut[ée]e?s?|r[ée]alis[ée]e?s?|termin[ée]e?s?|trait[ée]e?s?|valid[ée]e?s?|clos(?:e|es)?|cl[ôo]tur[ée]e?s?|d[ée]finitif|actif|valide|ok|oui|paid|settled|done|completed|closed)$/iu;
/** What may stand beside the word: by what, when, of what. */
const BESIDE =
  /(?:^|\s)(?:le\s)?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$|^(?:paiement|r[èe]glement|versement|virement|dossier|facture|ligne|mandat)\s+|\s+(?:int[ée]gralement|en totalit[ée]|par (?:virement|ch[èe]que|mandat))$/giu;
const NOT_TAKEN_BACK = /^(?:non|pas)\s+(?:annul|rejet|refus|extourn|supprim)/iu;
const VERB =
  '(?:r[ée]gl|pay|vers|sold|liquid|mandat|acquitt|vir|valid|abouti|trait|ex[ée]cut|effectu|r[ée]alis|conforme|recevable|[ée]ligible|retenu)';
const UNPAID = new RegExp(
  `(?<!\\p{L})(?:(?:non|pas|jamais|ni)[\\s-]+(?:encore[\\s-]+)?(?:[ée]t[ée]\\s+)?${VERB}|en\\s+(?:attente|cours|instance|suspens|litige|instruction|traitement|pr[ée]paration)|[àa]\\s+(?:payer|r[ée]gler|verser|valider|traiter|mandater|liquider|solder|venir)|impay[ée]|${NOT_VALID}|litige|contest[ée]|unpaid)`,
  'iu',
);
const NO = keys(['non', 'n', 'no', 'faux', 'false', 'pas encore', 'aucun']);
const MINUS = keys([
  'moins',
  'négatif',
  'neg',
  'm',
  'n',
  '-1',
  'c',
  'cr',
  'crédit',
  'credit',
  'créditeur',
  'avoir',
  'retrait',
]);
const PLUS = keys(['plus', 'positif', 'pos', 'p', '+1', '1', 'd', 'db', 'débit', 'debit', 'débiteur']);
const LONGEST = 200;

export type StatusFault = 'not_paid' | 'status_unknown' | 'amount_taken_back';
export interface StatusSays {
  readonly fault: StatusFault;
  readonly heading: string;
  readonly word: string;
}

type Kind = 'status' | 'yes-or-no' | 'sign' | 'sens' | 'factor' | 'beside' | WordColumn;

/** Finds the column by which a line was not paid, or says something that nobody knows; undefined for what was paid. */
export function statusOfLine(
  { headings, at }: Pick<SpendBinding, 'headings' | 'at'>,
  { statuses = {} }: Pick<Dialect, 'statuses'>,
): (cells: readonly Cell[], cents: number) => StatusSays | undefined {
  const read = new Set(Object.values(at));
  const own = new Map(Object.entries(statuses).map(([word, says]) => [nameKey(word), says]));
  const columns = headings.flatMap((heading, i) => (read.has(i) ? [] : [{ i, heading, kind: kindOf(heading, i, at) }]));
  return (cells, cents) => {
    for (const { i, heading, kind } of columns) {
      const cell = cells[i];
      if (cell === undefined || cell === '') continue;
      const word = textOf(cell);
      if (word === '' || word.length > LONGEST) continue;
      const fault = faultOf(word.normalize('NFC'), kind, own, cents);
      if (fault) return { fault, heading, word: word.slice(0, 60) };
    }
    return undefined;
  };
}

function kindOf(heading: string, i: number, at: SpendBinding['at']): Kind {
  const key = nameKey(heading.slice(0, LONGEST));
  if (SIGN.test(key) || /^\s*[([]?\s*\+\s*\/?\s*[-−–]/.test(heading)) return 'sign';
  if (SENS.has(key)) return 'sens';
  if (STATUS.test(key)) return 'status';
  if (YES_OR_NO.test(key)) return 'yes-or-no';
  if (FACTOR.test(key)) return 'factor';
  return key === '' && Math.abs(i - (at.amount ?? -9)) === 1 ? 'beside' : wordColumnOf(heading);
}

function faultOf(
  word: string,
  kind: Kind,
  own: ReadonlyMap<string, 'paid' | 'unpaid'>,
  cents: number,
): StatusFault | undefined {
  switch (kind) {
    case 'sign':
    case 'sens':
      return ofSign(word, cents);
    case 'beside':
      return /^[-−–]$/.test(word) && cents > 0 ? 'amount_taken_back' : undefined;
    case 'status':
    case 'yes-or-no': {
      const says = own.get(nameKey(word));
      if (says) return says === 'paid' ? undefined : 'not_paid';
      return kind === 'status' ? ofStatus(word) : ofYesOrNo(word);
    }
    case 'factor':
      return /^0+(?:[.,]0+)?$/.test(word) ? 'not_paid' : undefined;
    default:
      return saysUnpaid(word, kind) && own.get(nameKey(word)) !== 'paid' ? 'not_paid' : undefined;
  }
}

function ofSign(word: string, cents: number): StatusFault | undefined {
  const key = nameKey(word);
  if (/^[-−–](?:\s*1)?$/.test(word) || (key !== '1' && MINUS.has(key)))
    return cents > 0 ? 'amount_taken_back' : undefined;
  if (/^\+(?:\s*1)?$/.test(word) || PLUS.has(key)) return cents < 0 ? 'status_unknown' : undefined;
  return 'status_unknown';
}

function ofStatus(word: string): StatusFault | undefined {
  // What is taken back is looked at apart, with the sign of its amount.
  if (NOT_TAKEN_BACK.test(word) || saysTakenBack(word, 'says')) return undefined;
  if (UNPAID.test(word) || NO.has(nameKey(word))) return 'not_paid';
  return PAID.test(word.replace(BESIDE, '').trim()) ? undefined : 'status_unknown';
}

function ofYesOrNo(word: string): StatusFault | undefined {
  return UNPAID.test(word) || NO.has(nameKey(word)) || /^0+(?:[.,]0+)?(?:\s?€)?$/.test(word) ? 'not_paid' : undefined;
}
