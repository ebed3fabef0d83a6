/** Who may look at a bilan: the services say so themselves, and refuse everybody else. */
const OF_BILAN = ['state', 'region', 'carrier', 'evaluator', 'funder'];
/** Who may see every figure as it is now, where they say why. */
const FULL = ['state', 'region'];

const hasOneOf = (roles: readonly string[], some: readonly string[]): boolean =>
  roles.some((role) => some.includes(role));

export const seesBilan = (roles: readonly string[]): boolean => hasOneOf(roles, OF_BILAN);
export const seesAll = (roles: readonly string[]): boolean => hasOneOf(roles, FULL);

const NAMES: ReadonlyMap<string, readonly [fr: string, en: string]> = new Map([
  ['state', ['État', 'State']],
  ['region', ['Région', 'Region']],
  ['carrier', ['structure porteuse', 'carrier']],
  ['partner', ['partenaire', 'partner']],
  ['consultant', ['consultant', 'consultant']],
  ['funder', ['financeur de la formation', 'funder of training']],
  ['evaluator', ['évaluateur', 'evaluator']],
  ['operations', ['exploitation', 'operations']],
]);

export const roleNames = (role: string): readonly [fr: string, en: string] => NAMES.get(role) ?? [role, role];
