import { parseExpressionAt } from 'acorn';

/** What anything can be called that is a function. */
export type AnyFunction = (...values: never[]) => unknown;

/** Where something stands in a text, and how it is written there. */
const OF_THE_TEXT: ReadonlySet<string> = new Set(['start', 'end', 'raw']);

/**
 * A function as its syntax tree, in one line: the same whatever comments, spaces, quotes and brackets stand in its text, so that it
 * is the same of two compilers that take nothing away but types.
 */
export function shapeOf(one: AnyFunction): string {
  const text = one.toString();
  // Methods are no expression by themselves.
  const tree = parsed(`(${text})`) ?? parsed(`({${text}})`) ?? text;
  return JSON.stringify(tree, (key, value: unknown) => {
    if (OF_THE_TEXT.has(key)) return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}

/** Undefined where it is no expression: functions of the engine itself have no text. */
function parsed(text: string): object | undefined {
  try {
    return parseExpressionAt(text, 0, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch {
    return undefined;
  }
}

/** The functions that something has, deep down, each once, in their order. */
export function functionsOf(thing: unknown, seen: Set<unknown> = new Set()): AnyFunction[] {
  if (seen.has(thing)) return [];
  seen.add(thing);
  if (typeof thing === 'function') return [thing as AnyFunction];
  if (typeof thing !== 'object' || thing === null) return [];
  return Object.values(thing).flatMap((one) => functionsOf(one, seen));
}
