// Compiled files whose source was moved or removed: with them a build passes here that fails in a fresh clone.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes them from every workspace. @returns what was removed, each by its `.js` file */
export function removeLeftCompiled(root) {
  return ['packages', 'apps', 'infra']
    .filter((group) => existsSync(join(root, group)))
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
    .filter((workspace) => existsSync(join(workspace, 'src')) && existsSync(join(workspace, 'dist')))
    .flatMap(leftIn);
}

function leftIn(workspace) {
  const left = readdirSync(join(workspace, 'dist'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.js') && !existsSync(join(workspace, 'src', file.replace(/js$/, 'ts'))));
  for (const file of left)
    for (const end of ['.js', '.js.map', '.d.ts', '.d.ts.map'])
      rmSync(join(workspace, 'dist', file.replace(/\.js$/, end)), { force: true });
  return left.map((file) => join(workspace, 'dist', file));
}
