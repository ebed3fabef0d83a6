import { existsSync, readFileSync } from 'node:fs';

const fileOf = (name: string) => new URL(`../data/${name}.json`, import.meta.url);

/** A list that stands in `data/`, with its source beside it. It is part of the package: nothing is fetched while a service runs. */
export function readData<T>(name: string): T {
  return JSON.parse(readFileSync(fileOf(name), 'utf8')) as T;
}

/** A list that no package carries: it is there once its official file was loaded (`npm run load -w infra/reference`). */
export function readIfLoaded<T>(name: string): T | undefined {
  return existsSync(fileOf(name)) ? readData<T>(name) : undefined;
}
