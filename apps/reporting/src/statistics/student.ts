import jstat from 'jstat';

/** How far to either side a mean of so many degrees of freedom lies with a probability, in its standard errors. */
export const studentT = (confidence: number, degrees: number): number =>
  jstat.jStat.studentt.inv((1 + confidence) / 2, degrees);

/** A mean's variance, and the degrees of freedom with which it is known. */
export interface Estimatedly {
  readonly variance: number;
  readonly degrees: number;
}

/** The degrees of freedom of a sum of independent variances (Welch 1947, Satterthwaite 1946). */
export function together(parts: readonly Estimatedly[]): Estimatedly {
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const spread = parts.reduce((sum, part) => sum + part.variance ** 2 / part.degrees, 0);
  return { variance, degrees: spread === 0 ? Math.min(...parts.map((part) => part.degrees)) : variance ** 2 / spread };
}
