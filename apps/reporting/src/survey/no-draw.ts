import type { Estimated } from '../statistics/estimate.js';

/** Why an estimate of a population is not complete where nobody was drawn. */
export const NO_DRAW: NonNullable<Estimated['incomplete']> = {
  reasonFr:
    'Aucun échantillon n’a été tiré : les répondantes se sont choisies elles-mêmes ou l’ont été sans tirage enregistré. Les intervalles supposent qu’à taille et bassin égaux elles répondent comme les autres, ce que rien ne garantit.',
  reasonEn:
    'No sample was drawn: the firms that answered chose to, or were chosen without a draw that was recorded. Intervals assume that of one size and basin they answer as the others would, which nothing warrants.',
};

export const NOBODY_ANSWERED: NonNullable<Estimated['incomplete']> = {
  reasonFr: 'Trop peu d’entreprises ont répondu aux deux vagues.',
  reasonEn: 'Too few firms answered both waves.',
};
