import { createRequire } from 'node:module';

interface Options {
  readonly sensitive?: boolean;
  readonly strict?: boolean;
}
type Compile = (path: string, options: Options) => object;

/**
 * A function that gives what it gave before. express-openapi-validator compiles the paths of the contract one after the other
 * for every request, until one fits; what comes of a path is always the same. Pure.
 */
export function keeping(compile: Compile): Compile {
  const known = new Map<string, object>();
  return (path, options) => {
    const key = `${path}\n${options?.sensitive}\n${options?.strict}`;
    const compiled = known.get(key) ?? compile(path, options);
    known.set(key, compiled);
    return compiled;
  };
}

/** Lets the validator compile each path once. It has no setting for it, so its library's function is replaced, once. */
function keepCompiledPaths(): void {
  const validator = createRequire(import.meta.url).resolve('express-openapi-validator');
  const library = createRequire(validator)('path-to-regexp') as { pathToRegexp: Compile };
  library.pathToRegexp = keeping(library.pathToRegexp);
}

keepCompiledPaths();
