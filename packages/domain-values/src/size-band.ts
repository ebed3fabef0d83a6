/** Bands of headcount, by INSEE's usual cuts; 100 is where the programme's target ends, 250 where an SME does. */
export const SIZE_BANDS = ['0-9', '10-49', '50-99', '100-249', '250+'] as const;
export type SizeBand = (typeof SIZE_BANDS)[number];

/** @param headcount employees of the establishment */
export function sizeBand(headcount: number): SizeBand {
  if (headcount < 10) return '0-9';
  if (headcount < 50) return '10-49';
  if (headcount < 100) return '50-99';
  return headcount < 250 ? '100-249' : '250+';
}
