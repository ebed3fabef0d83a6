import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Actor, ApiClient } from '@gpect/programme/api-client';
import { releaseFigures } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { printLeftOut } from '@gpect/programme/print';
import { terminalProgress } from '@gpect/programme/progress';
import { say } from '../kept-stack.js';
import { withOwnStack } from '../own-stack.js';
import { ROOT } from '../root.js';

const SAMPLE = join(ROOT, 'examples/npdc-2007-2013');
const STATE: Actor = { roles: ['state'] };
const EVALUATOR: Actor = { roles: ['evaluator'] };

/** A document that is kept, who asks for it, and where it comes from. */
interface Kept {
  readonly file: string;
  readonly actor: Actor;
  readonly path: string;
}

/** What reporting gives of a programme: all of it to State, and what is released to evaluators. */
function documentsOf(programme: string): Kept[] {
  const of = (actor: Actor, name: string, path: string, ...formats: string[]): Kept[] =>
    formats.map((format) => ({ file: `${name}.${format}`, actor, path: `${path}?format=${format}` }));
  return [
    ...of(STATE, `bilan-${programme}`, '/bilan/document', 'pdf', 'xlsx', 'ods', 'csv'),
    ...of(STATE, `entreprises-${programme}`, '/bilan/firms', 'csv'),
    ...of(STATE, `entreprises-${programme}-dictionnaire`, '/bilan/firms/codebook', 'csv'),
    ...of(EVALUATOR, `bilan-${programme}-publie`, '/bilan/document', 'pdf', 'xlsx'),
    ...of(EVALUATOR, `entreprises-${programme}-publie`, '/bilan/firms', 'xlsx'),
  ];
}

/**
 * `npm run documents [-- --data DIR --to DIR]` makes every document of a programme, on a stack of its own that is gone afterwards.
 * Those of the sample are kept in docs/examples.
 */
export async function documents(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { data: { type: 'string' }, to: { type: 'string' } } });
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const folder = readFolder(values.data ? resolve(from, values.data) : SAMPLE);
  for (const line of printLeftOut(folder)) say(line);
  const to = values.to ? resolve(from, values.to) : join(ROOT, 'docs/examples');
  await withOwnStack(async ({ urls }) => {
    const api = new ApiClient(urls);
    const { code } = folder.rules;
    await loadProgramme(api, folder, terminalProgress());
    await caughtUp(api);
    await releaseFigures(api, code);
    mkdirSync(to, { recursive: true });
    for (const { file, actor, path } of documentsOf(code)) {
      const asked = new URLSearchParams({
        programme: code,
        ...(actor === STATE ? { purpose: 'Documents du dispositif' } : {}),
      });
      writeFileSync(join(to, file), await api.download('reporting', actor, `${path}&${asked}`));
      say(join(to, file));
    }
  });
  return 0;
}
