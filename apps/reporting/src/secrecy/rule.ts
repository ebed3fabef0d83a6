/** The rules of statistical secrecy where a programme says nothing else, as they are told to readers. */
export const SECRECY_RULE = {
  leastFirms: 3,
  largestShare: 0.85,
  fr: 'Une case qui repose sur moins de 3 entreprises, ou dont une entreprise fait plus de 85 % du montant, est masquée, ainsi que toute case qui permettrait de la retrouver, dans ce tableau, dans un autre ou dans une publication précédente.',
  en: 'A cell that rests on fewer than 3 firms, or of which one firm makes more than 85 % of the amount, is masked, and so is every cell that would give it away, in this table, in another or in an earlier release.',
} as const;

/** What stands in a file that shows every figure. */
export const WITHOUT_SECRECY = {
  fr: 'Tous les chiffres, sans secret statistique : à ne pas diffuser. La consultation et sa finalité sont inscrites au journal.',
  en: 'Every figure, without statistical secrecy: not for publication. The reading and its purpose are in the audit trail.',
} as const;
