/**
 * Ends a switch over all kinds of something: the compiler refuses it where a kind is left out. What comes all the same at run
 * time (an event of another release, read again) is an error, and never taken for a result.
 */
export function unreachable(value: never): never {
  throw new Error(`nothing is done with this kind: ${JSON.stringify(value)}`);
}
