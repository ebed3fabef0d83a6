import type { CooperationAssessed } from '../facts/documents.js';
import type { Fact } from '../facts/fact.js';
import { cooperation } from '../facts/keepers/territory.js';
import { type Figure, NOT_COMPARABLE } from './figure.js';

export const figure: Figure = {
  id: 'cooperation',
  place: 308,
  group: 'territory',
  labelFr: 'Coopérations effectives',
  labelEn: 'Effective cooperations',
  definitionFr:
    "Paires d'acteurs du territoire qui agissent ou décident ensemble (3 ou 4 sur l'échelle de 0 à 4), à la dernière observation de chaque action ; au début et à la fin de l'action, avec le nombre de paires observées.",
  definitionEn:
    "Pairs of the territory's actors that act or decide together (3 or 4 of 0 to 4), as last assessed in each action; at its start and its end, with the number of pairs looked at.",
  formula: 'count(cooperation-assessed.links where intensity >= 3)',
  unit: 'pair of actors',
  countsBy: 'the day of the assessment',
  keeps: [cooperation],
  isCount: false,
  notComparable: NOT_COMPARABLE.cooperation,
  factsOf: {
    actions: ({ cooperation: { START: start, END: end } = {} }) => [
      ...momentOf('start', start),
      ...momentOf('end', end),
      ...(start ? [['cooperation', start.assessedOn, start.together] as const] : []),
      ...(end ? [['cooperation', end.assessedOn, end.together - (start?.together ?? 0)] as const] : []),
    ],
  },
};

const momentOf = (moment: string, assessed: CooperationAssessed | undefined): readonly Fact[] =>
  assessed
    ? [
        [`cooperation:${moment}:together`, assessed.assessedOn, assessed.together],
        [`cooperation:${moment}:pairs`, assessed.assessedOn, assessed.pairs],
      ]
    : [];
