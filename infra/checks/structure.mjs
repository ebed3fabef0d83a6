// Figures of how the code is built, of this checkout or of another (`git worktree add`), for docs/benchmarks.md:
// node infra/checks/structure.mjs [FOLDER]
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairsIn, sourcesOf } from './folder-pairs.mjs';
import { workspacesOf } from './selection.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '../..');
const root = resolve(process.argv[2] ?? here);
const LARGEST = 5;
// The compiler that builds us has no interface for sources; the one that openapi-typescript brings has.
const ts = createRequire(join(here, 'packages/contracts/package.json'))('typescript');
const isMade = (file) => file.startsWith('generated/');
const workspaces = workspacesOf(root).map(({ folder }) => [
  folder,
  new Map([...sourcesOf(join(root, folder))].filter(([file]) => !isMade(file))),
]);

const lines = [];
for (const [folder, sources] of workspaces)
  for (const [file, text] of sources) {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
    const lineOf = (at) => source.getLineAndCharacterOfPosition(at).line + 1;
    const visit = (node) => {
      if (ts.isFunctionLike(node) && node.body) {
        const [from, to] = [lineOf(node.getStart()), lineOf(node.end)];
        lines.push({ count: to - from + 1, at: `${folder}/src/${file}:${from} ${node.name?.getText() ?? ''}`.trim() });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
console.log('functions of the most lines:');
for (const { count, at } of lines.sort((a, b) => b.count - a.count).slice(0, LARGEST)) console.log(`  ${count} ${at}`);

const pairs = workspaces.flatMap(([folder, sources]) => pairsIn(sources).map((pair) => `${folder}: ${pair}`));
console.log(`folders that import each other: ${pairs.length}`);
for (const pair of pairs) console.log(`  ${pair.split(': ').slice(0, 2).join(': ')}`);

const linesOf = (sources) => [...sources.values()].reduce((sum, text) => sum + text.split('\n').length, 0);
for (const [folder, sources] of workspaces)
  if (folder.startsWith('packages/')) console.log(`${folder}: ${linesOf(sources)} lines in ${sources.size} files`);
