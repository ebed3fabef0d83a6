import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import type { Figure } from './figure.js';
import { byKind } from './path.js';

declare module '../facts/documents.js' {
  interface FirmDocument {
    readonly opcaContacts?: Readonly<Record<string, { readonly on: string; readonly kind: string }>>;
  }
}

/** Contacts of funders with a firm, by funder and reference. */
const opcaContacts = keeper('opca-contacts', {
  'fr.gpect.training-spend.opca-contact-recorded.v1': ({ data: { programme, siret, funder, reference, on, kind } }) => [
    firmChange({ programme, siret }, { [`opcaContacts.${fieldName(`${funder} ${reference}`)}`]: { on, kind } }),
  ],
});

export const figure: Figure = {
  id: 'opcaContacts',
  place: 330,
  group: 'effects',
  labelFr: 'Contacts des entreprises avec leur OPCA',
  labelEn: 'Contacts of firms with their OPCA',
  definitionFr: 'Contacts entre une entreprise et un financeur de la formation : visite, réunion, appel, message.',
  definitionEn: 'Contacts of a firm with a funder of training: visit, meeting, call, message.',
  formula: 'count(opca-contact-recorded) by kind',
  unit: 'contact',
  countsBy: 'the day of the contact',
  keeps: [opcaContacts],
  isCount: false,
  facts: ({ firm: { opcaContacts: made = {} } }) =>
    Object.values(made).flatMap(({ on, kind }) => byKind('opcaContacts', on, kind)),
  sums: [{ total: 'opcaContacts', parts: ['opcaContacts:*'] }],
};
