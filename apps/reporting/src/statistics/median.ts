/** The middle value, or the mean of both. */
export function medianOf(values: readonly number[]): number {
  const inOrder = [...values].sort((a, b) => a - b);
  const middle = inOrder.length / 2;
  const [a, b] = Number.isInteger(middle) ? [middle - 1, middle] : [Math.floor(middle), Math.floor(middle)];
  return ((inOrder[a] as number) + (inOrder[b] as number)) / 2;
}

/**
 * The interval of a median between two of the values in their order, whatever they are distributed like: the tightest
 * symmetric pair that holds the median in so many of samples (binomial, exact).
 * @returns undefined of too few values (less than six at 95 %)
 */
export function medianInterval(values: readonly number[], confidence: number): readonly [number, number] | undefined {
  const n = values.length;
  const inOrder = [...values].sort((a, b) => a - b);
  // Of n signs, so few or fewer are of one kind with half of what may be missed.
  let logTerm = -n * Math.LN2;
  let below = Math.exp(logTerm);
  let few = -1;
  for (let k = 0; below <= (1 - confidence) / 2; k++) {
    few = k;
    logTerm += Math.log(n - k) - Math.log(k + 1);
    below += Math.exp(logTerm);
  }
  if (few < 0) return undefined;
  return [inOrder[few] as number, inOrder[n - 1 - few] as number];
}

/** A median, its interval where there are enough values, and how far it or its ends may move by one of them. */
export function medianValue(values: readonly number[], confidence: number) {
  const inOrder = [...values].sort((a, b) => a - b);
  const ends = medianInterval(values, confidence);
  const value = medianOf(values);
  const gaps = [value, ...(ends ?? [])].map((at) => {
    const below = inOrder.findLast((other) => other < at) ?? at;
    const above = inOrder.find((other) => other > at) ?? at;
    return Math.max(at - below, above - at);
  });
  return {
    value,
    ...(ends ? { low: ends[0], high: ends[1] } : {}),
    ofOneFirm: Math.max(...gaps),
    isOfSingleFirms: true,
  };
}
