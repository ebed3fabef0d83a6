/** Numbers by their place, and how often each, modulo a prime. */
export type Sum = ReadonlyMap<number, number>;
