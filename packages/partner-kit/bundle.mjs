// One file that runs with nothing but Node, the contracts within it: what a partner gets by npx, or in a container.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const contracts = readFileSync(new URL('../contracts/generated/events.json', import.meta.url), 'utf8');
await build({
  entryPoints: ['dist/main.js'],
  outfile: 'dist/gpect-partner-kit.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  plugins: [
    {
      name: 'contracts-within',
      // The contracts package reads its bundle from beside itself; in one file it stands in the file.
      setup: ({ onLoad }) =>
        onLoad({ filter: /contracts[\\/]dist[\\/]event-contracts\.js$/ }, ({ path }) => ({
          contents: readFileSync(path, 'utf8').replace(
            /JSON\.parse\(readFileSync\(new URL\([^)]*\), 'utf8'\)\)/,
            () => `JSON.parse(${JSON.stringify(contracts)})`,
          ),
          loader: 'js',
        })),
    },
  ],
});
