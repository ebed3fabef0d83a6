import { headingKey, wordsOf } from '@gpect/tabular-files/name-key';
import type { Field } from './dialect.js';
import { unpaidWord } from './sections.js';
import { withoutNote } from './unit-of.js';
import { isUsualName } from './usual-names.js';

/** What the heading of a column says of its cells, where mistaking it would count other money, other days or other firms. */

/** Fields of which a column must say that it holds them: what it holds looks the same in others. */
export type SaidField = 'amount' | 'paidOn' | 'siret';
export const SAID_FIELDS: readonly SaidField[] = ['siret', 'paidOn', 'amount'];

/** Words by which an amount, a day or a SIRET is another one than what was paid, when, and whose firm. */
const OTHER: Readonly<Record<SaidField, string>> = {
  amount: [
    'ttc|t t c|toutes taxes|tva|t v a|taxes? incluses?|net a payer|net',
    'rest(?:e|ant|ants|es)|solde|du$|due|dus|dues|a (?:payer|regler|verser|recevoir|facturer|rembourser|venir|engager)',
    'demand\\w*|sollicit\\w*|engag\\w*|accord\\w*|attribu\\w*|notifi\\w*|plafon\\w*|maxim\\w*|max|convention\\w*|autoris\\w*|reserv\\w*',
    'attendue?s?|prev\\w*|previsionnel\\w*|budget\\w*|estim\\w*|provision\\w*|devis|projet\\w*|theorique\\w*|simul\\w*|commande\\w*',
    'factur\\w*|fact|cumul\\w*|cum|total\\w*|globa\\w*|annuel\\w*|moyen\\w*',
    'n 1|n 2|an passe|annee (?:precedente|passee|derniere)|exercice (?:precedent|anterieur)|anterieur\\w*|precedent\\w*|ancien\\w*|initial\\w*',
    'inscrite?s?|deposee?s?|presentee?s?|eligibles?|assiettes?|potentiel\\w*|autofinanc\\w*|instruite?s?|instruction|ordonnance\\w*|creances?|recettes?|autres? financ\\w*|rappels?|restitu\\w*',
    'rembours\\w*|avoirs?|annul\\w*|rejet\\w*|refus\\w*|impay\\w*|trop percu|reversement\\w*|credit\\w*|retenue\\w*|penalite\\w*|ecart\\w*|acomptes?|avances?',
    'unitaires?|unit|pu|horaires?|par (?:heure|h|stagiaire|jour|personne|mois|an)|l heure|journaliers?|taux|pourcentage|pct|part\\w*|quote part|cofinanc\\w*|hors prise en charge|non (?:paye|regle|verse|pris)\\w*',
    'salair\\w*|remuneration\\w*|deplacement\\w*|hebergement\\w*|repas|frais|pedagogique\\w*|prix|tarif\\w*|subvention\\w*',
  ].join('|'),
  paidOn: [
    'naiss\\w*|nais|echeance\\w*|ech|prev\\w*|limites?|due|butoir|expir\\w*|fin|debut|deb|entree|sortie',
    'factur\\w*|fact|reception|saisie|edition|export|extraction|engag\\w*|accord|decision|demande\\w*|depot|signature|commande',
    'creation|maj|mise a jour|modif\\w*|sessions?|formation|stage|inscription|convention|contrat|annul\\w*|rejet\\w*|refus|remboursement',
    'envoi|emission|relance|validite|embauche|cloture|ouverture|dernier\\w*|prochain\\w*|paiement prevu\\w*|a payer|attestation|agrement',
  ].join('|'),
  siret: [
    'of|o f|ofs|organisme\\w*|orga|prestataire\\w*|formateurs?|dispensateur|fournisseur\\w*|centre|cfa|ecole|sous traitant',
    'payeur|financeur|opca|opco|opacif|siege|groupe|mere|tiers|destinataire|mandataire|emetteur|ancien|precedent|cabinet|comptable|facture|delegataire|intermediaire|donneur|client',
  ].join('|'),
};
const others = new Map(SAID_FIELDS.map((field) => [field, new RegExp(`(?<![a-z0-9])(?:${OTHER[field]})(?![a-z0-9])`)]));
const PER = /\/\s*(?:h|hrs?|heures?|jours?|j|stagiaires?|sta|pers|personnes?|mois|an)(?![a-z])/i;
const PERCENT = /[%‰]/;
const LONGEST = 200;

/** The word by which a heading says that it is not what was paid, when, or whose firm; undefined where it says none. */
export function saysOther(field: SaidField, heading: string): string | undefined {
  if (heading.length > LONGEST) return undefined;
  const words = wordsOf(heading);
  const [word] = others.get(field)?.exec(words) ?? [];
  if (field !== 'amount' || word !== undefined) return word;
  return (PER.exec(heading) ?? PERCENT.exec(heading))?.[0] ?? unpaidWord(heading);
}

const HT = '(?:ht|horstaxes?)';
const PAID = '(?:paye|regle|verse|prisencharge|prisesencharge)(?:e|s|es)?';
/** How a heading says what it is, as its key: by its words alone, none besides. */
const SAYS: Readonly<Record<SaidField, RegExp>> = {
  amount: new RegExp(
    `^(?:(?:montants?|mt|mnt|mtt|mont|sommes?|cout)(?:${HT}?${PAID}${HT}?)|(?:montants?|mt|mnt|mtt|mont)(?:en)?${HT}|montantpriseencharge${HT}?|amountht|amountpaid)$`,
  ),
  paidOn:
    /^(?:(?:dates?|dt|dat|jour)(?:d[eu]s?)?(?:paiements?|paiemt|paiem|pmt|reglements?|reglemt|reglt|rglt|regl|rgt|versements?|verst|virements?|virt|mandatements?)(?:effecti(?:f|ve)|reel(?:le)?)?|(?:date)?(?:paye|regle|verse|vire|mandate)e?s?le|paidon|paymentdate)$/,
  siret:
    /^(?:n|no|nos|num|numero|code)?(?:de)?siret(?:d[eu]|dela|de?l|l)?(?:entreprise|entr|ent|etablissement|etab|ets|adherent|adh|beneficiaire|benef|employeur|societe|firme)?$/,
};
/** What says so where nothing else could be meant by it. */
const ALONE: Readonly<Record<SaidField, RegExp>> = {
  amount: /^(?:montants?|mt|mnt|mtt|mont|amount)$/,
  paidOn: /^(?:dates?|jour)$/,
  siret: /^idbeneficiaire$/,
};
const TAXES = /^(?:ttc|t t c|toutes taxes|tva|t v a|taxes? incluses?)$/;

/** What a column could be by its heading, however little it says. */
const MAY_BE: Readonly<Record<SaidField, RegExp>> = {
  amount:
    /montant|^mt|^mnt|cout|prix|somme|ttc|^tva|budget|^reste|total|solde|^ht|amount|euro|^(?:paye|verse|regle)e?s?$/,
  paidOn: /(?<!man)date|^dt|^dat|^jour|echeance|(?:paye|regle|verse)le$|^le$/,
  siret: /siret|siren/,
};

export function mayBe(field: SaidField, heading: string): boolean {
  return MAY_BE[field].test(headingKey(heading.slice(0, LONGEST)));
}

/**
 * Whether a heading says that its column is this field. `Montant` and `Date` alone do where no other heading of the file could
 * be meant, but for the taxes of an amount.
 */
export function saysField(field: Field, heading: string, all: readonly string[]): 'yes' | 'alone' | undefined {
  const name = withoutNote(heading, field === 'amount');
  if (!isSaid(field)) return isUsualName(field, name) ? 'yes' : undefined;
  if (heading.length > LONGEST || saysOther(field, heading) !== undefined) return undefined;
  const key = headingKey(name);
  if (SAYS[field].test(key)) return 'yes';
  if (!ALONE[field].test(key)) return undefined;
  const rivals = all.filter((other) => other !== heading && mayBe(field, other));
  return rivals.every((other) => field === 'amount' && TAXES.test(saysOther(field, other) ?? '')) ? 'alone' : undefined;
}

export function isSaid(field: Field): field is SaidField {
  return SAID_FIELDS.includes(field as SaidField);
}
