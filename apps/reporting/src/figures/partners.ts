import { ALWAYS, type Fact } from '../facts/fact.js';
import { partnership } from '../facts/keepers/actions.js';
import type { Figure } from './figure.js';

const takes = (kind: string, day: string, amount: 1 | -1): readonly Fact[] => [
  ['partners', day, amount],
  [`partners:${kind}`, day, amount],
];

export const figure: Figure = {
  id: 'partners',
  place: 304,
  group: 'territory',
  labelFr: 'Partenaires des actions',
  labelEn: 'Partners of the actions',
  definitionFr:
    "Organismes qui prennent part à une action collective, par nature (chambre, OPCA, branche, maison de l'emploi, partenaires sociaux…) ; un organisme compte dans chaque action à laquelle il prend part, jusqu'à ce qu'il la quitte.",
  definitionEn:
    'Organisations that take part in a collective action, by what they are; one counts for each action in which it takes part, until it leaves it.',
  formula: 'count(action-partner-joined) - count(action-partner-left), by kind',
  unit: 'partner',
  countsBy: 'the day on which it joined; the day on which it left',
  keeps: [partnership],
  isCount: false,
  factsOf: {
    actions: ({ partnership: partners = {} }) =>
      Object.values(partners).flatMap(({ kind = 'OTHER', since, leftOn }) =>
        since === undefined ? [] : [...takes(kind, since || ALWAYS, 1), ...(leftOn ? takes(kind, leftOn, -1) : [])],
      ),
  },
};
