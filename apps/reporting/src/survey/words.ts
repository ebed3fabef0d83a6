/** What every weighted estimate of the survey rests on. */
export const WEIGHTED_FR: readonly string[] = [
  'Parlent les entreprises tirées qui ont répondu aux deux vagues ; celles qui ont répondu sans tirage sont données à part. Poids par post-stratification sur toutes les accompagnées : bassin et taille tant qu’une strate a cinq réponses, puis la taille, puis le reste ensemble.',
  'Dans une strate, qui n’a pas répondu est supposé répondre comme qui a répondu.',
  'Intervalle à 95 % de Bonett et Price (2012) pour parts appariées, avec le nombre de réponses qu’elles valent : moins quand les poids diffèrent, plus quand une bonne part de la population a répondu (correction de population finie).',
  'Une évolution n’est pas un effet : sans entreprises de comparaison interrogées, ce qui aurait changé sans le dispositif y est compris.',
];
export const WEIGHTED_EN: readonly string[] = [
  'Firms speak that were drawn and answered both waves; those that answered without being drawn are told apart. Weights by post-stratification to all accompanied firms: basin and size as long as a stratum has five answers, then size, then all that are left together.',
  'In a stratum, those who did not answer are taken to answer as those who did.',
  '95 % interval of Bonett and Price (2012) for paired shares, with the number of answers that they are worth: fewer where weights differ, more where a good part of the population answered (finite population correction).',
  'A change is no effect: with no other firms asked to compare with, what would have changed without the programme is in it.',
];

/** What is told of each question. */
export const CHANGE = {
  before: { labelFr: 'oui avant', labelEn: 'yes before', unit: 'share' },
  after: { labelFr: 'oui après', labelEn: 'yes after', unit: 'share' },
  difference: { labelFr: 'écart, en points', labelEn: 'difference, in points', unit: 'points' },
} as const;

/** Why 2014's two figures on training are not set against each other. */
export const NOT_PAIRED_FR =
  'Peu de recours à la formation (40 % en 2014) et priorité donnée à la formation (89 %) sont deux questions : qui n’a plus peu recours ne lui donne pas pour autant la priorité. Elles ne se soustraient pas ; chacune a ici son avant et son après.';
export const NOT_PAIRED_EN =
  'Little recourse to training (40 % in 2014) and priority given to training (89 %) are two questions: who no longer makes little recourse does not give it priority by that. One is not subtracted from the other; each has its before and after here.';
