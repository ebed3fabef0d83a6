import type { Load } from '../assignment/load.js';
import { type Consultant, unfitness } from '../register/consultant.js';

/** What a firm needs. */
export interface Need {
  readonly basin: string;
  readonly themes: readonly string[];
  readonly halfDays: number;
}

export interface Candidate {
  readonly consultant: string;
  readonly name: string;
  readonly consultantsFirm: string;
  /** 0 to 100: themes weigh twice what the free capacity does. */
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface Proposal {
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly { readonly consultant: string; readonly name: string; readonly reasons: string[] }[];
}

/**
 * Who could take an assignment, best first, and who cannot, each with the reasons; a person decides. Somebody who works
 * in another territory, has no half-days free, has not signed the charter or has withdrawn is left out. Pure.
 */
export function propose(
  need: Need,
  consultants: readonly Consultant[],
  loadOf: (consultant: string) => Load,
): Proposal {
  const judged = consultants.map((c) => ({ c, free: c.capacityHalfDays - loadOf(c.consultant).halfDaysAhead }));
  const excluded = judged.flatMap(({ c, free }) => {
    const reasons = against(need, c, free);
    return reasons.length > 0 ? [{ consultant: c.consultant, name: c.name, reasons }] : [];
  });
  const out = new Set(excluded.map((e) => e.consultant));
  const candidates = judged
    .filter(({ c }) => !out.has(c.consultant))
    .map(({ c, free }): Candidate => {
      const covered = need.themes.filter((theme) => (c.themes as readonly string[]).includes(theme));
      const themes = need.themes.length > 0 ? covered.length / need.themes.length : 1;
      const capacity = c.capacityHalfDays > 0 ? Math.min(1, free / c.capacityHalfDays) : 0;
      return {
        consultant: c.consultant,
        name: c.name,
        consultantsFirm: c.consultantsFirm,
        score: Math.round((100 * (2 * themes + capacity)) / 3),
        reasons: [
          `works in ${need.basin}`,
          need.themes.length > 0
            ? `covers ${covered.length} of ${need.themes.length} themes${covered.length > 0 ? ` (${covered.join(', ')})` : ''}`
            : 'no theme was asked for',
          `${free} of ${c.capacityHalfDays} half-days free`,
          `charter ${c.charter?.charter} signed on ${c.charter?.signedOn}`,
        ],
      };
    })
    .sort((a, b) => b.score - a.score || a.consultant.localeCompare(b.consultant));
  return { candidates, excluded };
}

function against({ basin, halfDays }: Need, consultant: Consultant, free: number): string[] {
  const unfit = unfitness(consultant);
  return [
    ...(unfit ? [unfit] : []),
    ...(consultant.basins.includes(basin) ? [] : [`works in ${consultant.basins.join(', ')}, not in ${basin}`]),
    ...(free < halfDays ? [`${Math.max(0, free)} half-days free, ${halfDays} needed`] : []),
  ];
}
