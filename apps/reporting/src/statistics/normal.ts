import jstat from 'jstat';

/** The value below which a standard normal variable stays with a probability. */
export const normalQuantile = (probability: number): number => jstat.jStat.normal.inv(probability, 0, 1);
