import { verbatims } from '../facts/keepers/survey.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'verbatims',
  place: 212,
  group: 'effects',
  labelFr: 'Verbatims, par thème',
  labelEn: 'Words of firms, by theme',
  definitionFr:
    'Ce que des acteurs d’entreprises ont dit, dans leurs mots, avec l’accord de l’entreprise pour une publication sans son nom. Un texte qui nomme une entreprise du dispositif ou porte un SIREN n’est pas donné ; un accord retiré vaut pour les publications déjà faites.',
  definitionEn:
    'What people of firms said in their words, where the firm agreed that it is published without its name. A text that names a firm of the programme or holds a SIREN is not told; an agreement that is withdrawn holds for what was released before, too.',
  formula: 'last(survey-verbatim-recorded) by firm and number, where consented',
  unit: 'firm',
  countsBy: 'the day on which it was said',
  keeps: [verbatims],
  isCount: false,
};
