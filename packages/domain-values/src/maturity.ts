/** The four criteria of the maturity grid, each scored 0..4 by whoever qualifies the firm. Source: the sample programme's grid. */
export const MATURITY_CRITERIA = ['manager_commitment', 'strategic_vision', 'social_climate', 'hr_practice'] as const;
export type MaturityCriterion = (typeof MATURITY_CRITERIA)[number];
export type MaturityScores = Readonly<Record<MaturityCriterion, number>>;
