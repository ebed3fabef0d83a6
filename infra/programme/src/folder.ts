import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { DisclosureRule } from '@gpect/domain-values/disclosure';

export interface Basin {
  readonly code: string;
  readonly name: string;
  readonly mainCommune: string;
}

export interface Action {
  readonly code: string;
  readonly name: string;
  readonly basins: readonly string[];
  readonly carriers: readonly string[];
  readonly start: string;
  readonly targetFirms: number;
  readonly durationMonths: number;
  readonly platform: string | null;
}

export interface Rules {
  readonly code: string;
  readonly name: string;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly funders: readonly string[];
  readonly headcountCeiling: number;
  readonly targetHeadcount: number;
  readonly maturityThreshold: number;
  readonly disclosure?: DisclosureRule;
}

/** A programme as the files that its partners send. */
export interface ProgrammeFolder {
  readonly dir: string;
  readonly rules: Rules;
  readonly basins: readonly Basin[];
  readonly actions: readonly Action[];
  /** Files of spend, as `<funder>-<year>.csv`. */
  readonly spend: readonly { readonly funder: string; readonly path: string }[];
}

/** What the programme of 2007-2013 decided; a folder with a programme.json of its own says otherwise. */
const USUAL_RULES = {
  opensOn: '2007-09-01',
  closesOn: '2013-12-31',
  funders: ['État', 'Région'],
  headcountCeiling: 250,
  targetHeadcount: 100,
  maturityThreshold: 8,
};

const REQUIRED = [
  'basins.json',
  'actions.json',
  'detections',
  'consulting-sessions.csv',
  'workshops.csv',
  'workshop-attendance.csv',
  'survey-before.csv',
  'survey-after.csv',
  'spend',
];

/** Reads what stands in a folder. @throws an error that names every file that is missing */
export function readFolder(dir: string): ProgrammeFolder {
  const missing = REQUIRED.filter((name) => !existsSync(join(dir, name)));
  if (missing.length > 0) throw new Error(`${dir} is not a programme folder: ${missing.join(', ')} missing`);
  const own = join(dir, 'programme.json');
  const rules = existsSync(own) ? json<Rules>(own) : { ...USUAL_RULES, ...nameOf(dir) };
  const actions = json<Action[]>(join(dir, 'actions.json'));
  const absent = actions.filter((a) => !existsSync(join(dir, 'detections', `${a.code}.csv`))).map((a) => a.code);
  if (absent.length > 0) throw new Error(`${dir}: no detections/<action>.csv for ${absent.join(', ')}`);
  return {
    dir,
    rules,
    basins: json<Basin[]>(join(dir, 'basins.json')),
    actions,
    spend: readdirSync(join(dir, 'spend'))
      .filter((name) => name.endsWith('.csv'))
      .sort()
      .map((name) => ({ funder: name.replace(/-\d{4}\.csv$/, ''), path: join(dir, 'spend', name) })),
  };
}

/** A folder without a name of its own is named by its contents: other contents are another, empty programme. */
function nameOf(dir: string): { code: string; name: string } {
  const hash = createHash('sha256');
  for (const file of filesBelow(dir)) {
    const path = relative(dir, file);
    if (path !== 'truth.json') hash.update(path).update('\0').update(readFileSync(file));
  }
  const word =
    basename(resolve(dir))
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'programme';
  const code = `${word}-${hash.digest('hex').slice(0, 8)}`;
  return { code, name: `Programme ${code}` };
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

function json<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
