/** Two primes below 2^26: a product of two remainders is exact as a number. */
export const PRIMES = [67_108_859, 67_108_837] as const;

/** `a * b` modulo a prime below 2^26. */
export function times(a: number, b: number, prime: number): number {
  return (a * b) % prime;
}

/** What `a` must be multiplied by to give 1. */
export function inverse(a: number, prime: number): number {
  let [r, next, s, nextS] = [prime, a, 0, 1];
  while (next !== 0) {
    const quotient = Math.floor(r / next);
    [r, next] = [next, r - quotient * next];
    [s, nextS] = [nextS, s - quotient * nextS];
  }
  return s < 0 ? s + prime : s;
}

/** Numbers from 1 to `prime` - 1 that look random and are the same each time. */
export function numbersOf(seed: number, prime: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return 1 + (((mixed ^ (mixed >>> 15)) >>> 0) % (prime - 1));
  };
}
