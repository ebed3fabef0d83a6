import { readFileSync } from 'node:fs';

/** A list that stands in `data/`, with its source beside it. It is part of the package: nothing is fetched while a service runs. */
export function readData<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url), 'utf8')) as T;
}
