import { keysOf, nameKey } from '@gpect/tabular-files/name-key';
import { NOT_DENIED, TAKEN_BACK, undecorated } from '@gpect/tabular-files/words-of-status';
import type { WordColumn } from './words-of-columns.js';

/**
 * What a line calls itself that pays nothing, or takes back what was paid. A label may also speak of such things (`Gestion des
 * impayés`), so that outside of columns that say how a line stands only a whole phrase about this line counts: one that the
 * cell is, that begins it with what it takes back, or that one of its parts is.
 */

/** What any column says whole of a line that is taken back. */
const WHOLE_BACK = keysOf([
  ...['avoir', 'avoirs', 'note de crédit', 'notes de crédit', 'trop perçu', 'trop perçus', 'contrepassation'],
  ...['contrepassé', 'contrepassée', 'annulation', 'à rembourser', 'à récupérer', 'à déduire', 'credit note', 'refund'],
  ...['refunded', 'cancelled', 'canceled', 'reversal', 'chargeback', 'facture d’avoir'],
]);
/** What labels and comments, and columns that say what a line is, say whole. */
const WHOLE_TEXT_BACK = keysOf([
  ...['remboursement', 'remboursé', 'remboursée', 'reversement', 'reversé', 'remise', 'ristourne', 'rabais'],
  ...['restitution', 'indu', 'indus', 'déduction', 'rbt', 'rembt', 'rembourst', 'annul'],
]);
/** What the type or the nature of a line says whole: of papers, in accounts of what is spent. */
const WHOLE_KIND_BACK = keysOf(['av', 'avo', 'recette', 'recettes']);
/** What nobody's training is called. */
const WHOLE_NOTED_BACK = keysOf(['refus', 'rejet', 'rejets', 'suppression', 'abandon', 'remb', 'ann']);
const WHOLE_STATED_BACK = keysOf(['crédit', 'annul', 'av', 'retour', 'ordre de reversement', 'c', 'cr']);

/** What any column says whole of money that was not spent, or not yet. */
const WHOLE_UNPAID = keysOf([
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
/** What says whole which money a line is of, and no name of anything else. */
const WHOLE_FORESEEN = keysOf([
  ...['engagé', 'engagée', 'prévisionnel', 'prévisionnelle', 'prévision', 'prévisions', 'prévu', 'prévue', 'estimé'],
  ...['budgété', 'budgétée', 'draft', 'quote', 'forecast', 'non engagé'],
]);
const WHOLE_STAGE = keysOf([
  ...['engagement', 'engagements', 'budget', 'devis', 'estimation', 'commande', 'bon de commande', 'accord', 'demande'],
]);
/** What the bare `Type` and `Nature` of a line say whole. */
const WHOLE_KIND = keysOf([
  ...['engagement', 'devis', 'bon de commande', 'estimation', 'défavorable', 'avis défavorable'],
]);

const DONE = '(?:annul|rejet|refus|extourn|contre-?pass)[ée]e?s?';
const PAPER =
  '(?:factures?|paiements?|r[èe]glements?|versements?|virements?|ch[èe]ques?|mandats?|dossiers?|prises?\\s+en\\s+charge|pec|demandes?|lignes?|[ée]critures?|actions?|formations?|stages?|sessions?|commandes?)';
const MONEY = '(?:trop[\\s-]?(?:per[çc]us?|vers[ée]s?|pay[ée]s?)|indus?|avoirs?|acomptes?|avances?)';
const OF = '(?:\\s+(?:des?|du|d’un|d’une|sur|d’|de\\s+l’|de\\s+la)|(?=\\s))\\s*';
/** `Avoir` with the number of a paper, or with what it is of; `Avoir confiance` goes on otherwise. */
const CREDIT =
  'avoirs?(?:(?=\\s*[-–—:]\\s|\\s*\\()|\\s+(?:n[°o]|n\\b|\\d|\\p{L}{1,4}[-/.]?\\d|sur\\s+(?:la\\s+)?(?:facture|fact|paiement|dossier|n°|\\d)|pour\\s+(?:la\\s+)?(?:facture|fact|dossier|annulation)|du\\s+\\d|clients?|fournisseurs?|partiels?|tota(?:l|ux)|facture))';
const BANK =
  '(?:virements?|paiements?|r[èe]glements?|versements?|ch[èe]ques?|mandats?|pr[ée]l[èe]vements?|factures?|banque|bancaires?)';
/** What a text begins with that takes its line back; `Remboursement de frais`, `Annule et remplace` begin otherwise. */
const BEGINS_BACK = new RegExp(
  `^(?:annulations?|annul[ée]e?s?\\s+et\\s+remplac[ée]e?s?\\s+par|annul[ée]e?s?(?!\\s+et\\s+remplace)|supprim[ée]e?s?|rejet[ée]e?s?|refus[ée]e?s?|extourn(?:es?|[ée]e?s?)|contre-?pass(?:ations?|[ée]e?s?)|${CREDIT}|[àa]\\s+annuler|factures?\\s+d’avoir|notes?\\s+d’avoir|notes?\\s+de\\s+cr[ée]dit|credit\\s+notes?|cancell?(?:ed|ation)|refund(?:ed)?|trop[\\s-]?(?:per[çc]us?|vers[ée]s?|pay[ée]s?)|(?:rejet|refus)${OF}${BANK}|(?:remboursements?|remb(?:ours|oursts?|ts?)?\\.?|rbts?\\.?)${OF}${MONEY}|reprises?${OF}(?:${MONEY}|provisions?)|r[ée]gul(?:\\.|arisations?)?${OF}(?:annulations?|${MONEY})|${PAPER}\\s+(?:(?:a|ont)\\s+[ée]t[ée]\\s+|est\\s+|sont\\s+)?${DONE})(?!\\p{L})`,
  'iu',
);
/** Papers of public accounts that take back what was paid. */
const PUBLIC_BACK =
  /^(?:(?:titres?|ordres?)\s+de\s+(?:recettes?|perception|reversement)|r[ée]ductions?\s+(?:de|du)\s+mandats?|mandats?\s+(?:d’annulation|de\s+r[ée]duction|annulatif)|retours?\s+(?:de\s+)?virements?|virements?\s+retourn[ée]s?)(?:\s+(?:n[°o]|n\b|\d|du\s+\d).*)?$/iu;
/** The word at the end, in capitals that the text before it has not: `Formation Excel ANNULÉE`. */
const CAPITALS_BACK = /\p{Ll}.*(?<!(?:non|pas|jamais|NON|PAS|JAMAIS))\s(?:ANNUL|REJET|REFUS|EXTOURN|SUPPRIM)[ÉE]E?S?$/u;
/** One paper or course by its name, and that it was: `FORMATION EXCEL ANNULEE`; `Remplacer une session annulée` begins otherwise. */
const NAMED_BACK =
  /^(?:formation|stage|session|action|dossier|facture|mandat)\s(?!.*(?<!\p{L})(?:suite|cas|apr[èe]s|rempla\p{L}*|g[ée]r\p{L}*|gestion|non|pas|jamais|une?|des?|d’une?|du|et)(?!\p{L})).*\sannul[ée]e?$/iu;
const WHEN = '(?:\\s+(?:le|du|au|n°|par)?\\s*[\\d/.-]*)?$';
/** What a later part of a text says whole, but for its day or number; what stands between commas may be a list of themes. */
const PART_BACK = new RegExp(
  `^(?:annulation|${DONE}|supprim[ée]e?s?|avoir|extourne|trop[\\s-]?per[çc]us?)${WHEN}`,
  'iu',
);
const DONE_BACK = new RegExp(`^(?:${DONE}|supprim[ée]e?s?)${WHEN}`, 'iu');
const NOT_YET =
  '(?:non|pas(?:\\s+encore)?|jamais)[\\s-]+(?:r[ée]gl[ée]|pay[ée]|vers[ée])e?s?|impay[ée]e?|[àa]\\s+(?:payer|r[ée]gler)|en\\s+attente\\s+de\\s+(?:paiement|r[èe]glement|versement|validation)';
const UNTIL =
  '(?:\\s+(?:[àa]\\s+ce\\s+jour|(?:au|le|en|depuis|d[ée]but|fin|courant)\\s+[\\p{L}\\d/.-]+(?:\\s+\\d{4})?))?';
/** What any column begins with, of a line that stands there twice or is not to be counted; `payé en 2 fois` is paid. */
const NOT_TO_COUNT =
  /^(?:dont\s.*|(?:d[ée]j[àa]\s+)?(?:inclu(?:se?s?)|comprise?s?|compt(?:[ée]e?s?|abilis[ée]e?s?))\s+(?:dans|avec|sur|en)\s+(?:la\s+|le\s+|l’)?(?:ligne|facture|dossier|convention|n°|r[ée]f|\p{L}{0,4}[-/]?\d).*|doublons?\s+(?:avec|(?:de|du|sur)?\s*(?:la\s+)?(?:ligne|facture|fact|dossier|paiement|n°|\p{L}{0,4}[-/]?\d))|(?:(?:facture|dossier|ligne)\s+)?(?:d[ée]j[àa]\s+)?(?:pay|r[ée]gl|vers|vir)[ée]e?s?\s+(?:(?:2|deux)\s+fois(?!\s*\p{N})|en\s+double)|(?:ligne\s+)?(?:[àa]\s+)?ne\s+pas\s+(?:prendre\s+en\s+compte|tenir\s+compte|compter|comptabiliser|payer|r[ée]gler|saisir|importer)|ligne\s+[àa]\s+(?:ignorer|supprimer|exclure)|[àa]\s+(?:ignorer|exclure|supprimer)$)(?!\p{L})/iu;
/** What any column says of money that was not spent. */
const ALL_UNPAID = new RegExp(`^(?:(?:${NOT_YET})${UNTIL}|${PAPER}\\s+impay[ée]e?)[.!]?$`, 'iu');
const PROVISION = /^provisions?\s+(?:pour\s+(?:dossier|facture|formation|stage|action|n°|\d)|sur|n°|au\s+\d|\d)/iu;
const DEAD =
  '(?:(?:dossier|facture|demande|ligne|paiement|affaire)\\s+)?(?:class(?:[ée]e?s?|ement)\\s+)?sans\\s+suite|(?:dossier|facture|ligne|montant|paiement)\\s+(?:prescrite?|en\\s+litige)|d[ée]j[àa]\\s+(?:pay|r[ée]gl|vers|vir)[ée]e?s?(?:\\s+(?:(?:le|en)\\s+[\\d/.-]+|(?:avec|sur|dans|par)\\s+(?:la\\s+|le\\s+)?(?:ligne|facture|dossier|fichier|virement|n°)\\s*[-\\p{L}\\d/]*))?|double\\s+saisie|saisie?\\s+(?:en\\s+double|deux\\s+fois|2\\s+fois)';
/** What is said of a line that will not be paid, or was paid already. */
const OF_NO_ACCOUNT = new RegExp(`^(?:${DEAD})[.!)]?$`, 'iu');
const FORESEEN = /^(?:dossier|facture|ligne|montant|paiement)\s+pr[ée]visionnel(?:le)?[.!)]?$/iu;
/** A name and its amount within a text, which say nothing of the line: `Solde (déjà payé : 300,00)`. */
const NAMED_AMOUNT =
  /(?:^|[-–—;:()[\]\n|/*#•>.]\s*)[^-–—;:()[\]\n|/*#•>]*?\s*:\s*(?=[-+]?\d[\d .,]*(?:\s?(?:€|eur)|[^\d/.,-]|$))/giu;
/** What only a comment, or a column of how a line stands, says whole of such a line. */
const NOTED_OF_NO_ACCOUNT =
  /^(?:d[ée]j[àa]\s+(?:pay|r[ée]gl|vers|vir)[ée]e?s?\s+(?:par|sur|le|en(?!\s+\S+\s+fois)|avec|dans|au)\s+[^,;:€]{1,60}|(?:(?:facture|ligne|paiement|dossier|saisie)\s+)?en\s+double(?:\s+(?:avec|de|du)\s+.{1,60})?|(?:dossier|demande|affaire|action|formation)\s+(?:abandonn[ée]e?s?|clo(?:se?s?|tur[ée]e?s?)\s+sans\s+(?:paiement|r[èe]glement|suite))|ne\s+sera(?:it)?\s+(?:pas|jamais)\s+(?:pay|r[ée]gl|vers|rembours)[ée]e?s?|refus\s+(?:total\s+)?de\s+(?:la\s+)?prise\s+en\s+charge|irrecevables?|prescrite?s?(?:\s+(?:au|le|depuis|en)\s+[\d/.-]+)?|pr[ée]visionnel(?:le)?\s+[àa]\s+confirmer|(?:paiement|versement|virement|r[èe]glement|dossier|facture)\s+(?:bloqu[ée]e?|suspendue?|gel[ée]e?)|(?:sera|seront|doit\s+[êe]tre)\s+(?:pay|r[ée]gl|vers|factur|vir)[ée]e?s?(?:\s+.{1,40})?|(?:ch[èe]que|virement|paiement|versement)\s+(?:non|pas)\s+(?:encore\s+)?(?:encaiss[ée]|re[çc]u|effectu[ée]|parvenu|[ée]mis)|(?:(?:formation|stage|action|session|prestation)\s+)?non\s+(?:r[ée]alis|effectu|suivi|fai)(?:[ée]|te?)?e?s?|(?:pay|r[ée]gl|financ|pris)[ée]?e?s?(?:\s+en\s+charge)?\s+(?:directement\s+)?par\s+(?:l’\s?|le\s+|la\s+)?(?:entreprise|employeur|adh[ée]rent|salari[ée]|stagiaire|client)|(?:sous\s+)?opposition|(?:montant\s+)?(?:estimatif|estim[ée]|provisoire|approximatif)|(?:montant|prix)\s+[àa]\s+confirmer|erreur(?:\s+de\s+(?:saisie|ligne|montant|frappe))?|pour\s+m[ée]moire|(?:ceci\s+est\s+un\s+)?test)[.!)]?$/iu;
/** What any column says whole of a line that shows how others are written. */
const FOR_SHOW =
  /^(?:(?:(?:ligne\s+d’\s*)?exemple(?:\s+fictif)?|exemples\s+fictifs|(?:ligne\s+d’\s*)?exemples?\s*[-–:(,]?\s*(?:[àa]\s+(?:supprimer|effacer|[ôo]ter|retirer|enlever|remplacer)|(?:[àa]\s+)?ne\s+pas\s).*)|ligne\s+(?:fictive|exemple|test|de\s+test|de\s+d[ée]monstration))[.!)]?$/iu;
const WHOLE_NOTED_UNPAID = keysOf([
  ...['prescrit', 'prescrite', 'dossier prescrit', 'prévisionnel', 'prévisionnelle', 'litige', 'litige en cours'],
  'impayés',
  'impayées',
  'en attente',
  'en instance',
  'en litige',
]);
/** What a column of state says among other words, unless they deny it. */
const WITHIN = new RegExp(
  `${NOT_DENIED}(?:${TAKEN_BACK}|extourn(?:e|ée?s?)|contre-?pass(?:ation|ée?s?)|supprim(?:ée?s?)|suppressions?|avoirs?\\s+(?:n[°o]|\\d|sur|du))(?!\\p{L})`,
  'iu',
);
/** Whether a text can hold any of those words, so that other labels cost little. */
const MAY_SAY =
  /annul|avoir|av$|^cr?$|cr[ée]dit|remb|rbt|recette|avo$|titre|ordre|mandat|r[ée]duction|remis|repris|revers|refund|refus|rejet|suppr|extourn|pass|per[çc]u|indu|cancel|chargeback|d[ée]du|r[ée]cup|ristourne|rabais|restitu|retour|abandon|trop|^ann\.?$/iu;
const MAY_SAY_UNPAID =
  /pay|r[ée]gl|vers|provision|forma|brouillon|doublon|pending|accrual|engag|pr[ée]v|devis|budg|estim|commande|draft|quote|forecast|attente|instance|litige|accord|demande|compte|saisir|importer|ignorer|exclure|supprimer|double|vir[ée]|favorable|suite|prescri|exempl|fictive|test|d[ée]mons|recevable|abandon|paiement|prise?\s+en|^dont\s|inclu|compris|compt|bloqu|suspendu|gel[ée]|ser(?:a|ont)|encaiss|non\s|opposition|provisoire|approximatif|confirmer|erreur|m[ée]moire/iu;
/** Each of those words is two letters at least, or alone in its cell; most references have no two side by side. */
function mayHoldWord(text: string): boolean {
  if (text.length <= 2) return true;
  let isAfterLetter = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isLetter = code > 0x7f || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
    if (isLetter && isAfterLetter) return true;
    isAfterLetter = isLetter;
  }
  return false;
}
const PARTS = /\s+[-–—:|/]\s*|[;:()[\]\n*#•>]+\s*|\.\s+/;
const COMMAS = /,\s*/;

const plain = (text: string) => undecorated(text).replace(/['’]\s?/g, '’');

/** Whether what stands in a column takes its line back. */
export function saysTakenBack(given: string, of: WordColumn): boolean {
  const column = of === 'name' ? 'any' : of;
  if (!mayHoldWord(given) || !MAY_SAY.test(given)) return false;
  const text = plain(given);
  const key = nameKey(text);
  if (WHOLE_BACK.has(key) || (column !== 'any' && column !== 'group' && WHOLE_TEXT_BACK.has(key))) return true;
  if (column !== 'any' && column !== 'group' && column !== 'label' && WHOLE_NOTED_BACK.has(key)) return true;
  if (column === 'kind' && WHOLE_KIND_BACK.has(key)) return true;
  if (column === 'state' && WHOLE_STATED_BACK.has(key)) return true;
  if ((column === 'state' || column === 'stage') && WITHIN.test(text)) return true;
  if ([BEGINS_BACK, PUBLIC_BACK, CAPITALS_BACK, NAMED_BACK].some((back) => back.test(text))) return true;
  const [, ...parts] = text.split(PARTS);
  if (parts.some((part) => PART_BACK.test(part.trim()))) return true;
  return text
    .split(COMMAS)
    .slice(1)
    .some((part) => DONE_BACK.test(part.trim()));
}

/** Whether what stands in a column says that its line was not paid. */
export function saysUnpaid(given: string, column: WordColumn): boolean {
  if (!mayHoldWord(given) || !MAY_SAY_UNPAID.test(given)) return false;
  const text = plain(given);
  const key = nameKey(text);
  if (WHOLE_UNPAID.has(key)) return true;
  const says = column === 'state' || column === 'stage' || column === 'kind' || column === 'group';
  if (says && WHOLE_FORESEEN.has(key)) return true;
  if (column === 'stage' && WHOLE_STAGE.has(key)) return true;
  if (column === 'kind' && WHOLE_KIND.has(key)) return true;
  if ((column === 'comment' || column === 'stage') && WHOLE_NOTED_UNPAID.has(key)) return true;
  return (
    PROVISION.test(text) ||
    saysOfNoAccount(text, column) ||
    NOT_TO_COUNT.test(text) ||
    [...text.split(PARTS), ...text.split(COMMAS)].some((part) => ALL_UNPAID.test(part.trim()))
  );
}

/**
 * Whether a text says of its line that it will not be paid, was paid already, or only shows how to write one. A comment says so
 * in one of its parts; what a line is about, only as a whole; a firm may be called so.
 */
function saysOfNoAccount(text: string, column: WordColumn): boolean {
  if (column === 'name') return false;
  if (FOR_SHOW.test(text) || FORESEEN.test(text)) return true;
  if (column === 'label' || column === 'any' || column === 'group') return OF_NO_ACCOUNT.test(text);
  const parts = text.replace(NAMED_AMOUNT, ' ; ').split(PARTS);
  if (parts.some((part) => OF_NO_ACCOUNT.test(part.trim()))) return true;
  return column !== 'kind' && NOTED_OF_NO_ACCOUNT.test(text);
}
