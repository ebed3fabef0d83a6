import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../facts/change.js';
import { keeper } from '../facts/keeper.js';
import type { Figure } from './figure.js';
import { byKind } from './path.js';

declare module '../facts/documents.js' {
  interface FirmDocument {
    readonly contacts?: Readonly<Record<string, { readonly on: string; readonly outcome: string }>>;
  }
}

/** Contacts with a firm, by their numbers in its case. */
const contacts = keeper('contacts', {
  'fr.gpect.enrolment.firm-contacted.v2': ({ data }) => [
    firmChange(data, { [`contacts.${fieldName(data.contact)}`]: { on: data.on, outcome: data.outcome } }),
  ],
});

export const figure: Figure = {
  id: 'contacts',
  place: 328,
  group: 'reach',
  labelFr: 'Prises de contact',
  labelEn: 'Contacts with firms',
  definitionFr:
    "Fois où quelqu'un a cherché à joindre une entreprise, par issue : non jointe, intéressée, hésitante, pas intéressée.",
  definitionEn: 'Times that somebody tried to reach a firm, by what came of it.',
  formula: 'count(firm-contacted) by outcome',
  unit: 'contact',
  countsBy: 'the day of the contact',
  keeps: [contacts],
  isCount: false,
  facts: ({ firm: { contacts: made = {} } }) =>
    Object.values(made).flatMap(({ on, outcome }) => byKind('contacts', on, outcome)),
  sums: [{ total: 'contacts', parts: ['contacts:*'] }],
};
