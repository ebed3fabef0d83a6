import { verbatims } from '../facts/keepers/survey.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'verbatims',
  place: 212,
  group: 'effects',
  labelFr: 'Verbatims, par thème',
  labelEn: 'Words of firms, by theme',
  definitionFr:
    'Propos d’acteurs d’entreprises, dans leurs mots, avec l’accord de l’entreprise pour une publication sans son nom. Un texte où se trouve le nom enregistré d’une entreprise du dispositif, ou un SIREN, n’est pas donné\u202f; aucune recherche ne trouve toutes les allusions\u00a0: ils se lisent avant d’être transmis, et aucune publication n’en contient.',
  definitionEn:
    'What people of firms said in their words, where the firm agreed that it is published without its name. A text in which the registered name of a firm of the programme is found, or a SIREN, is not told; no search finds every allusion: they are read before they are passed on, and no release has any.',
  formula: 'last(survey-verbatim-recorded) by firm and number, where consented',
  unit: 'firm',
  countsBy: 'the day on which it was said',
  keeps: [verbatims],
  isCount: false,
};
