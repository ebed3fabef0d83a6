/**
 * The roles that see only what is theirs. A token says for whom it acts in each by a claim of the role's name; the codes of those
 * whose a thing is stand under the name given here.
 */
export const BOUND_ROLES = {
  carrier: 'carriers',
  partner: 'partners',
  consultant: 'consultants',
  funder: 'funders',
} as const;

export type BoundRole = keyof typeof BOUND_ROLES;
