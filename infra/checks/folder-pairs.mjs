// Folders of a workspace that import each other: neither can be read, or moved, without the other.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

/** `a <-> b: the imports of the side that has fewer`, for each pair. */
export function pairsIn(sources) {
  const imports = new Map();
  for (const [file, text] of sources)
    for (const [, to = ''] of text.matchAll(/from '(\.{1,2}\/[^']+)'/g)) {
      const target = posix.join(dirname(file), to);
      const [from, into] = [folderOf(file), folderOf(target)];
      if (!from || !into || from === into) continue;
      const key = `${from} ${into}`;
      imports.set(key, [...(imports.get(key) ?? []), `${file} -> ${target}`]);
    }
  return [...imports].flatMap(([key, there]) => {
    const [from = '', into = ''] = key.split(' ');
    const back = imports.get(`${into} ${from}`);
    if (!back || from > into) return [];
    return [`${from} <-> ${into}: ${(there.length <= back.length ? there : back).join(', ')}`];
  });
}

const folderOf = (file) => (file.includes('/') ? file.split('/')[0] : undefined);

/** Text by file, from the workspace's `src`, tests left out. */
export function sourcesOf(workspace) {
  const src = join(workspace, 'src');
  const files = existsSync(src) ? readdirSync(src, { recursive: true }).map(String) : [];
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return new Map(sources.map((file) => [relative(src, join(src, file)), readFileSync(join(src, file), 'utf8')]));
}
