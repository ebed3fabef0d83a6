import { visions } from '../facts/keepers/territory.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'visions',
  place: 230,
  group: 'territory',
  labelFr: 'Diagnostic et vision du territoire',
  labelEn: 'Diagnostic and vision of the territory',
  definitionFr:
    'Actions dont le diagnostic territorial a abouti à une vision, avec les thèmes trouvés dans les entreprises.',
  definitionEn: 'Actions whose territorial diagnostic led to a vision, with the themes found among their firms.',
  formula: 'last(territory-vision-adopted) by action',
  unit: 'action',
  countsBy: 'the day of the adoption',
  keeps: [visions],
  isCount: false,
  factsOf: {
    actions: ({ visions: adopted = {} }) => {
      const [first] = Object.values(adopted)
        .map(({ adoptedOn }) => adoptedOn)
        .sort();
      return first ? [['visions', first, 1]] : [];
    },
  },
};
