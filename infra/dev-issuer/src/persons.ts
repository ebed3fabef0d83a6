import type { TokenRequest } from './issuer.js';

/** Somebody who can sign in on a stack for trying things: one for each role of the sample programme. */
export interface Person extends Omit<TokenRequest, 'subject'> {
  readonly id: string;
  readonly name: string;
  /** What they do in the programme, in French. */
  readonly does: string;
}

export const PERSONS: readonly Person[] = [
  { id: 'claire.fontaine', name: 'Claire Fontaine', does: 'État, comité de pilotage', roles: ['state'] },
  { id: 'karim.belkacem', name: 'Karim Belkacem', does: 'Région, comité de pilotage', roles: ['region'] },
  { id: 'helene.dubois', name: 'Hélène Dubois', does: 'État, chargée du dispositif', roles: ['state'] },
  {
    id: 'anne.lefebvre',
    name: 'Anne Lefebvre',
    does: 'CCI Artois, cheffe de projet',
    roles: ['carrier'],
    carrier: 'cci-artois',
  },
  {
    id: 'marc.delattre',
    name: 'Marc Delattre',
    does: 'consultant (C27)',
    roles: ['consultant'],
    consultant: 'C27',
  },
  { id: 'sophie.moreau', name: 'Sophie Moreau', does: 'OPCA A, financeur', roles: ['funder'], funder: 'opca-a' },
  { id: 'paul.girard', name: 'Paul Girard', does: 'évaluateur', roles: ['evaluator'] },
  {
    id: 'nadia.haddad',
    name: 'Nadia Haddad',
    does: 'maison de l’emploi de Lens, partenaire',
    roles: ['partner'],
    partner: 'mde-lens',
  },
  { id: 'yann.le-gall', name: 'Yann Le Gall', does: 'exploitation', roles: ['operations'] },
];

const BY_ID: ReadonlyMap<string, Person> = new Map(PERSONS.map((person) => [person.id, person]));

export const personOf = (id: string): Person | undefined => BY_ID.get(id);
