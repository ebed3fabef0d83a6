import { readFileSync } from 'node:fs';

/** A list that no package carries: it is there once its official file was loaded (`npm run load -w infra/reference`). */
export function readIfLoaded<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url), 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
