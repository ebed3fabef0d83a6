/** The rules of statistical secrecy where a programme says nothing else, as they are told to readers. */
export const SECRECY_RULE = {
  leastFirms: 3,
  largestShare: 0.85,
  fr: 'Un nombre qui repose sur moins de 3 entreprises, ou dont une entreprise fait plus de 85 % du montant, est masqué (s), ainsi que tout nombre qui permettrait de le retrouver, et quelques cases vides. Les autres nombres sont arrondis, sauf ceux du dispositif entier quand ils ne trahissent rien : à 5 près pour un décompte, et d’autant plus qu’une entreprise y pèse.',
  en: 'A number that rests on fewer than 3 firms, or of which one firm makes more than 85 % of the amount, is masked (s), and so is every number that would give it away, and a few that are nothing. All others are rounded, but for those of the whole programme that give nothing away: counts to 5, and the more the larger one firm is in them.',
} as const;

/** What stands in a file that shows every figure. */
export const WITHOUT_SECRECY = {
  fr: 'Tous les chiffres, sans secret statistique : à ne pas diffuser. La consultation et sa finalité sont inscrites au journal.',
  en: 'Every figure, without statistical secrecy: not for publication. The reading and its purpose are in the audit trail.',
} as const;
