// `npm run catalogue`: makes the catalogue from the contracts and shows it; `-- --build` makes it and says where it is.
import { serve } from 'vitepress';
import { readContracts } from './contracts.js';
import { buildSite, SOURCE } from './site.js';

const folder = await buildSite(readContracts());
if (process.argv.includes('--build')) console.log(`the catalogue is in ${folder}: put it on any static host`);
else await serve({ root: SOURCE, port: Number(process.env['PORT'] ?? 4173) });
