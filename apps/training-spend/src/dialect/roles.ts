import { type Message, type Said, saidIn } from '@gpect/tabular-files/messages';
import type { Dialect, Field } from './dialect.js';

/** What each field of a dialect is, for people. */
export const ROLES: Readonly<Record<Field, Said>> = {
  reference: { fr: 'la référence du paiement', en: 'the reference of the payment' },
  siret: { fr: 'le SIRET de l’entreprise', en: 'the SIRET of the firm' },
  paidOn: { fr: 'le jour du paiement', en: 'the day of the payment' },
  scheme: { fr: 'le dispositif', en: 'the scheme' },
  amount: { fr: 'le montant payé hors taxe', en: 'the amount paid without tax' },
  hours: { fr: 'le nombre d’heures', en: 'the number of hours' },
  trainees: { fr: 'le nombre de stagiaires', en: 'the number of trainees' },
  operation: { fr: 'l’opération', en: 'the operation' },
};

/** Says something of a field, which each language calls otherwise. */
export function saidOfRole(message: Message, field: Field, params: Readonly<Record<string, string | number>>): Said {
  return saidIn(message, { ...params, role: ROLES[field].fr }, { ...params, role: ROLES[field].en });
}

/** The fields that no column was found for, each with the names by which its column was looked for. */
export function rolesWanted(fields: readonly Field[], { columns }: Pick<Dialect, 'columns'>): Said {
  const each = (language: 'fr' | 'en') =>
    fields
      .map((field) => {
        const names = columns[field]?.join(' / ');
        return names ? `${ROLES[field][language]} (${names})` : ROLES[field][language];
      })
      .join(', ');
  return { fr: each('fr'), en: each('en') };
}
