import { answers, draws } from '../facts/keepers/survey.js';
import { DAY, type Figure, NOT_COMPARABLE } from './figure.js';
import { SURVEY_SUMS, surveyFacts } from './survey-facts.js';

export const figure: Figure = {
  id: 'survey',
  place: 200,
  group: 'effects',
  labelFr: 'Enquête avant/après',
  labelEn: 'Before/after survey',
  definitionFr:
    'Entreprises qui ont répondu aux deux vagues. Un « oui » est une réponse de 4 ou 5 ; « peu de recours et pas de politique » : 1 ou 2 aux deux questions sur la formation, avant et après. Celles qui ont été tirées à une vague au moins et celles qui n’ont été tirées à aucune vague sont comptées à part ; les estimations reposent sur moins d’entreprises, tirées à chaque vague où il y a eu un tirage. Intervalle à 95 % de la différence des parts, appariée, en points.',
  definitionEn:
    'Over the firms that answered both waves: a "yes" is an answer of 4 or 5; "little recourse and no policy" is 1 or 2 to both training questions, before and after. Firms that were drawn in one wave at least and those that were drawn in none are counted apart; estimates rest on fewer, drawn in each wave in which there was a draw. 95 % interval of the paired difference of the shares, in points.',
  formula: 'count(firms with BEFORE and AFTER); yes = count(answer >= 4); interval: Bonett and Price (2012)',
  unit: 'firm',
  countsBy: DAY.answer,
  keeps: [answers],
  partsKeep: { 'survey:drawnAtLeastOnce': [draws], 'survey:volunteers': [draws] },
  isCount: false,
  notComparable: NOT_COMPARABLE.survey,
  facts: ({ firm }) => surveyFacts(firm),
  sums: SURVEY_SUMS,
};
