import { headingKey } from '@gpect/tabular-files/name-key';
import type { Field } from './dialect.js';

/** What funders usually call each column, abbreviations included. Data: add a name where a funder uses another. */
const USUAL_NAMES: Readonly<Record<Field, readonly string[]>> = {
  reference: [
    'référence',
    'réf',
    'ref',
    'n° dossier',
    'no dossier',
    'num dossier',
    'numéro de dossier',
    'dossier',
    'n° engagement',
    'n° facture',
    'identifiant',
    'réf. dossier',
    'id dossier',
    'n° action',
  ],
  siret: [
    'siret',
    'n° siret',
    'no siret',
    'num siret',
    'numéro siret',
    'siret adhérent',
    'siret entreprise',
    'siret étab',
    'siret établissement',
    'n° siret établissement',
    'n° siret entreprise',
    'n° siret adhérent',
    'n° siret bénéficiaire',
    'n° de siret',
    'numéro de siret',
    'siret de l’établissement',
    'siret de l’entreprise',
    'siret de l’adhérent',
    'siret du bénéficiaire',
    'siret bénéficiaire',
    'code siret',
    'id bénéficiaire',
  ],
  paidOn: [
    'date de paiement',
    'date paiement',
    'dt paiement',
    'dat paiement',
    'date de règlement',
    'date règlement',
    'dt règlement',
    'dt rglt',
    'payé le',
    'réglé le',
    'date',
    'paid on',
    'date mandatement',
    'date de versement',
    'date versement',
  ],
  scheme: [
    'dispositif',
    'dispo',
    'disp',
    "type d'action",
    'type action',
    'type de dispositif',
    'libellé dispositif',
    'scheme',
    'mesure',
  ],
  amount: [
    'montant ht',
    'montant',
    'montants ht',
    'montants',
    'mt ht',
    'mt',
    'mnt',
    'mnt ht',
    'mont ht',
    'montant hors taxe',
    'montant hors taxes',
    'montant pris en charge',
    'montant prise en charge',
    'coût pris en charge',
    'coût ht',
    'coût',
    'amount ht',
    'amount',
    'montant réglé',
    'montant payé',
    'montant versé',
    'mt réglé',
  ],
  hours: ['heures', 'nb heures', 'nb h', 'nbre heures', "nombre d'heures", 'durée heures', 'durée (h)', 'hours', 'hrs'],
  trainees: [
    'stagiaires',
    'nb stagiaires',
    'nb sta',
    'nbre stagiaires',
    'nombre de stagiaires',
    'trainees',
    'nb participants',
    'participants',
  ],
  operation: [
    'opération',
    'type opération',
    "type d'opération",
    'mouvement',
    'type de mouvement',
    'sens',
    'code opération',
  ],
};

export const FIELDS = Object.keys(USUAL_NAMES) as Field[];

const usual = new Map(FIELDS.map((field) => [field, new Set(USUAL_NAMES[field].map(headingKey))]));

export function isUsualName(field: Field, heading: string): boolean {
  return usual.get(field)?.has(headingKey(heading)) ?? false;
}

/** Names of amounts that mean the same: another amount (what training cost, what was asked for) is never read in its place. */
const SAME_AMOUNT: readonly (readonly string[])[] = [
  [
    'montant ht',
    'montant',
    'montants ht',
    'montants',
    'mt ht',
    'mt',
    'mnt',
    'mnt ht',
    'mont ht',
    'amount ht',
    'amount',
    'montant hors taxe',
    'montant hors taxes',
  ],
  ['montant pris en charge', 'montant prise en charge', 'coût pris en charge'],
  ['coût ht', 'coût'],
  ['montant réglé', 'montant payé', 'montant versé', 'mt réglé'],
];
const groupOf = new Map(SAME_AMOUNT.flatMap((names, group) => names.map((name) => [headingKey(name), group] as const)));

export function meansTheSame(name: string, heading: string): boolean {
  const group = groupOf.get(headingKey(name));
  return group !== undefined && group === groupOf.get(headingKey(heading));
}
