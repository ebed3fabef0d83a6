import { readCents } from '@gpect/domain-values/cents';
import { keysOf, nameKey } from '@gpect/tabular-files/name-key';
import type { Cell } from '@gpect/tabular-files/table';
import { isOfValid, saysNo, saysYesOrWhen } from '@gpect/tabular-files/words-of-status';
import type { SpendBinding } from '../dialect/bind-columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { firstWord } from './first-word.js';
import { isMaybeStatus, isUnpaid, ofStatus, ofStatusOfOther, type StatusFault } from './status-words.js';
import { type WordColumn, wordColumnOf } from './words-of-columns.js';
import { saysUnpaid } from './words-of-no-payment.js';

/** Whether a line was paid, as columns of status and of signs say it: by closed lists, and by what the dialect adds to them. */

const OF_WHAT =
  'paiements?|reglements?|versements?|dossiers?|factures?|lignes?|demandes?|pec|priseencharge|actions?|operations?|ecritures?|mouvements?|mandats?|virements?|prestations?';
const STATUS = new RegExp(
  `^(?:statuts?|status|etat|situation|avancement|etape)(?:d(?:u|e|ela|el|es)?)?(?:${OF_WHAT})$`,
);
/** Columns of yes and no; what else stands in them (a day, an amount, how it was paid) tells nothing here. */
const DONE = 'payee?|reglee?|versee?|viree?|acquittee?|liquidee?|mandatee?|ordonnancee?|decaissee?|encaissee?|paid';
const OF_PAYMENT = '(?:facture|ligne|dossier|montant|paiement|reglement|versement|virement)s?';
const YES_OR_NO = new RegExp(
  `^(?:est)?(?:(?:${OF_PAYMENT})?(?:${DONE}|soldee)|(?:${OF_PAYMENT}|mandatement)(?:effectuee?|faite?|validee?|realisee?|executee?|emise?|ok)|bonapayer|bap)(?:on|ouinon|yn)?$`,
);
/** `Soldé`; `Solde` is what is left to be paid, of which nothing may be left. */
const SETTLED = /^\s*(?:est\s+)?soldé(?!\p{L})/iu;
/** Nouns that hold amounts, days, numbers or ways of paying, and now and then a no. */
const PAYING = '(?:(?:miseen)?paiement|reglement|versement|virement|mandatement|ordonnancement|decaissement)';
const NOUN = new RegExp(
  `^(?:(?:(?:date|dt|n|no|num|numero|ref|reference|suivi)(?:d[eu]|d|dela)?)?${PAYING}(?:on|ouinon|yn)?|(?:paye|regle|verse|vire|mandate|decaisse)e?le)$`,
);
const WHOSE = '(?:d[eu]|par|dela|le|la)?';
/** What somebody has to say yes to before a line is paid; nothing else in such a column tells anything. */
const AGREED = new RegExp(
  `^(?:est)?(?:(?:dossier|demande|ligne|facture|action)?(?:recevable|eligible|retenu|conforme)|servicefait|accord(?:opca|pec|priseencharge|paiement|financement)?|(?:valid(?:ee?s?|ation)|visee?|visa|accord)${WHOSE}(?:daf|dg|comptab(?:le|ilite)|agentcomptable|direction|ordonnateur|financ(?:es?|ier)|tresorier|responsable|payeur))(?:on|ouinon|yn)?$`,
);
/** Columns of accounts that hold now and then how the line stands there. */
const OF_ACCOUNTS = /^(?:(?:statut|etat|situation)(?:comptable|financiere?|budgetaire)|mandat)$/;
/** A yes or a day by which the line does not count. */
const HELD_BACK = new RegExp(
  `^(?:est)?(?:(?:${OF_WHAT})?(?:bloquee?|suspendue?|exclue?|enlitige|litige|contentieux)|hors(?:perimetre|champ)|(?:a)?(?:ignorer|exclure)|(?:a)?nepas(?:prendreencompte|tenircompte|compter|comptabiliser|payer|regler|inclure|importer))(?:on|ouinon|yn)?$`,
);
/** Amounts that take back what the line has, where they are all of it. */
const AMOUNT_BACK =
  /^(?:montants?|mt|mnt|total)(?:ht)?(?:annule|rembourse|rejete|reverse|extourne|recupere)(?:ht|eur|euros)?$/;
const SIGN = /^(?:signe|sign|signedumontant|signemontant)$/;
const NOTHING = /^0+(?:[.,]0+)?(?:\s?€)?$/;
const FACTOR = /^(?:coef(?:ficient)?|facteur|multiplicateur)$/;
const SENS =
  /^(?:sens(?:d(?:u|e|el|ela)?)?(?:operations?|ecritures?|mouvements?|montants?|flux|lignes?|comptable)?|debitcredit|dc|cd|douc)$/;

const MINUS = keysOf([
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
const PLUS = keysOf(['plus', 'positif', 'pos', 'p', '+1', '1', 'd', 'db', 'débit', 'debit', 'débiteur']);
const LONGEST = 200;

export interface StatusSays {
  readonly fault: StatusFault;
  readonly heading: string;
  readonly word: string;
}

type Kind =
  | 'status'
  | 'status-of-other'
  | 'yes-or-no'
  | 'noun'
  | 'held-back'
  | 'amount-back'
  | 'sign'
  | 'sens'
  | 'factor'
  | 'beside'
  | WordColumn;

/** Finds the column by which a line was not paid, or says something that nobody knows; undefined for what was paid. */
export function statusOfLine(
  { headings, at, ofOther = [] }: Pick<SpendBinding, 'headings' | 'at' | 'ofOther'>,
  { statuses = {} }: Pick<Dialect, 'statuses'>,
): (cells: readonly Cell[], cents: number) => StatusSays | undefined {
  const read = new Set(Object.values(at));
  const own = new Map(Object.entries(statuses).map(([word, says]) => [nameKey(word), says]));
  const columns = headings.flatMap((heading, i) =>
    read.has(i) ? [] : [{ i, heading, kind: ofOther.includes(i) ? 'status-of-other' : kindOf(heading, i, at) }],
  );
  return (cells, cents) => {
    const found = firstWord(columns, cells, (word, { kind }) =>
      word.length > LONGEST ? undefined : faultOf(word.normalize('NFC'), kind, own, cents),
    );
    return found && { fault: found.says, heading: found.heading, word: found.word };
  };
}

function kindOf(heading: string, i: number, at: SpendBinding['at']): Kind {
  const key = nameKey(heading.slice(0, LONGEST));
  if (SIGN.test(key) || /^\s*[([]?\s*\+\s*\/?\s*[-−–]/.test(heading)) return 'sign';
  if (SENS.test(key)) return 'sens';
  if (STATUS.test(key) || isMaybeStatus(heading)) return 'status';
  if (YES_OR_NO.test(key) || isOfValid(key) || SETTLED.test(heading.normalize('NFC'))) return 'yes-or-no';
  if (OF_ACCOUNTS.test(key)) return 'status-of-other';
  if (NOUN.test(key) || AGREED.test(key)) return 'noun';
  if (HELD_BACK.test(key)) return 'held-back';
  if (AMOUNT_BACK.test(key)) return 'amount-back';
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
      if (/^[-−–]$/.test(word)) return cents > 0 ? 'amount_taken_back' : undefined;
      return saysUnpaid(word, 'any') && own.get(nameKey(word)) !== 'paid' ? 'not_paid' : undefined;
    case 'status':
    case 'status-of-other':
    case 'yes-or-no':
    case 'noun': {
      const says = own.get(nameKey(word));
      if (says) return says === 'paid' ? undefined : 'not_paid';
      if (kind === 'status') return ofStatus(word);
      if (kind === 'status-of-other') return ofStatusOfOther(word);
      if (kind === 'noun' && saysUnpaid(word, 'state')) return 'not_paid';
      return isUnpaid(word) || saysNo(word) || (kind === 'yes-or-no' && NOTHING.test(word)) ? 'not_paid' : undefined;
    }
    case 'held-back':
      return saysYesOrWhen(word) ? 'not_paid' : undefined;
    case 'amount-back': {
      const back = readCents(word, 'auto');
      return back.ok && back.value === cents && cents > 0 ? 'amount_taken_back' : undefined;
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
