/** How answers are weighed, in every weighted estimate of the survey. */
const WEIGHTS_FR = [
  'Poids par post-stratification sur toutes les accompagnées\u00a0: par bassin et taille tant qu’une strate compte cinq réponses, sinon par taille, sinon ensemble\u202f; dans une strate, chaque entreprise pèse autant que le tirage lui a donné de chances inverses d’être tirée.',
  'Dans une strate, les entreprises qui n’ont pas répondu sont supposées répondre comme les autres.',
];
const WEIGHTS_EN = [
  'Weights by post-stratification to all accompanied firms: by basin and size as long as a stratum has five answers, else by size, else all together; in a stratum each firm weighs as many as it stands for by the draw.',
  'In a stratum, firms that did not answer are taken to answer as the others.',
];

/** What every estimate that compares both waves rests on. */
export const WEIGHTED_FR: readonly string[] = [
  'L’estimation repose sur les entreprises tirées à chaque vague où il y a eu un tirage et qui ont répondu aux deux\u202f; celles qui ont répondu sans avoir été tirées sont présentées à part.',
  ...WEIGHTS_FR,
  'Intervalle à 95\u00a0% de Bonett et Price (2012) pour parts appariées, avec le nombre de réponses que valent les réponses pondérées\u00a0: moins quand les poids diffèrent, plus quand une bonne part de la population a répondu (correction de population finie).',
  'Une évolution n’est pas un effet\u00a0: aucune entreprise de comparaison n’est interrogée, et ce qui aurait changé sans le dispositif y est compris.',
];
export const WEIGHTED_EN: readonly string[] = [
  'It rests on firms that were drawn in each wave in which there was a draw and answered both; those that answered without being drawn are told apart.',
  ...WEIGHTS_EN,
  '95 % interval of Bonett and Price (2012) for paired shares, with the number of answers that weighted ones are worth: fewer where weights differ, more where a good part of the population answered (finite population correction).',
  'A change is no effect: no other firms are asked to compare with, and what would have changed without the programme is in it.',
];

/** What estimates of one wave rest on. */
export const OF_ONE_WAVE_FR: readonly string[] = [
  'Une part ou une moyenne repose sur les entreprises tirées à la vague où la question est posée et qui y ont répondu\u202f; un écart, sur celles qui ont été tirées à chaque vague où il y a eu un tirage et ont répondu deux fois.',
  ...WEIGHTS_FR,
  'Intervalles à 95\u00a0%\u00a0: d’une part, Wilson (1927)\u202f; d’une moyenne, Student\u202f; d’un écart, Bonett et Price (2012)\u202f; d’une médiane, Woodruff (1952) par les bornes de Clopper et Pearson\u202f; tous avec la correction de population finie.',
];
export const OF_ONE_WAVE_EN: readonly string[] = [
  'A share or a mean rests on firms that were drawn in the wave in which the question is asked and answered it; a difference on those that were drawn in each wave in which there was a draw and answered twice.',
  ...WEIGHTS_EN,
  '95 % intervals: of a share, Wilson (1927); of a mean, Student; of a difference, Bonett and Price (2012); of a median, Woodruff (1952) by the bounds of Clopper and Pearson; all with the finite population correction.',
];

/** What is told of each question. */
export const CHANGE = {
  before: { labelFr: 'oui avant', labelEn: 'yes before', unit: 'share' },
  after: { labelFr: 'oui après', labelEn: 'yes after', unit: 'share' },
  difference: { labelFr: 'écart, en points', labelEn: 'difference, in points', unit: 'points' },
} as const;

/** Why 2014's two figures on training are not set against each other. */
export const NOT_PAIRED_FR =
  'Le faible recours à la formation (40\u00a0% en 2014) et la priorité donnée à la formation (89\u00a0%) répondent à deux questions différentes\u00a0: une entreprise qui recourt davantage à la formation ne lui donne pas nécessairement la priorité. Les deux chiffres ne se soustraient pas\u202f; chacun a ici son avant et son après.';
export const NOT_PAIRED_EN =
  'Little recourse to training (40 % in 2014) and priority given to training (89 %) answer two different questions: a firm that makes more recourse to training does not necessarily give it priority. One is not subtracted from the other; each has its before and after here.';
