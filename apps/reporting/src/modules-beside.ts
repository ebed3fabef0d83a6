import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The modules of a folder of which each file is one thing (a figure, an estimate), with the names of their files, tests apart.
 * @param url of a file in it
 * @param others files of the folder that are no such thing, without their endings
 */
export async function modulesBeside<Module>(
  url: string,
  others: ReadonlySet<string>,
  load: (name: string) => Promise<Module>,
): Promise<(readonly [file: string, exported: Module])[]> {
  const files = readdirSync(fileURLToPath(new URL('.', url)))
    .filter((file) => /^[a-z0-9-]+\.[jt]s$/.test(file) && !others.has(file.slice(0, -3)))
    .sort();
  const modules: [string, Module][] = [];
  for (const file of files) modules.push([file, await load(file.slice(0, -3))]);
  return modules;
}

/** In the order in which a committee reads them. */
export const inPlaces = <T extends { readonly id: string; readonly place: number }>(all: Iterable<T>): T[] =>
  [...all].sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
