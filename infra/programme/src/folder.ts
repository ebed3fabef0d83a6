import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
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

/** A file that a programme has not (yet). */
export interface Absent {
  readonly name: string;
  /** It is there, and holds its headings alone. */
  readonly hasHeadings: boolean;
}

/** A programme as the files that its partners send. */
export interface ProgrammeFolder {
  readonly dir: string;
  readonly rules: Rules;
  readonly basins: readonly Basin[];
  readonly actions: readonly Action[];
  /** Files of spend, as `<funder>-<year>.csv`. */
  readonly spend: readonly { readonly funder: string; readonly path: string }[];
  /** What is left out, because the programme has nothing of it. */
  readonly absent: readonly Absent[];
  /** Names of files that are none of a programme, and are left aside. */
  readonly unknown: readonly string[];
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

/** Nothing goes without them. */
const REQUIRED = ['basins.json', 'actions.json', 'detections'];
const BASIN_SAYS = ['code', 'name'];
const ACTION_SAYS = ['code', 'name', 'basins', 'carriers', 'start', 'durationMonths', 'targetFirms'];
/** What a programme may do without, or has not done yet. */
const MAY_LACK = [
  'consulting-sessions.csv',
  'workshops.csv',
  'workshop-attendance.csv',
  'survey-before.csv',
  'survey-after.csv',
  'spend',
] as const;
/** Read here (`programme.json`), or made beside a programme for its readers. */
const BESIDE = ['programme.json', 'truth.json', 'README.md'];
const SPEND_NAME = /^(.+)-\d{4}\.csv$/;

/**
 * Reads what stands in a folder: what the programme lacks is told as absent, what is no file of a programme as unknown.
 * @throws an error that names everything that nothing goes without and that is missing, with what to add
 */
export function readFolder(dir: string): ProgrammeFolder {
  const missing = REQUIRED.filter((name) => !existsSync(join(dir, name)));
  if (missing.length > 0) throw new Error(`${dir} is not a programme folder: ${missing.join(', ')} missing`);
  const basins = json<Basin[]>(join(dir, 'basins.json'));
  const actions = json<Action[]>(join(dir, 'actions.json'));
  const own = join(dir, 'programme.json');
  const unsaid = [...unsaidIn('basin', BASIN_SAYS, basins), ...unsaidIn('action', ACTION_SAYS, actions)];
  if (unsaid.length > 0) throw new Error(`${dir} cannot be loaded, add: ${unsaid.join('; ')}`);
  const spend = namesIn(join(dir, 'spend')).flatMap((name) => {
    const [, funder] = SPEND_NAME.exec(name) ?? [];
    return funder ? [{ funder, path: join(dir, 'spend', name) }] : [];
  });
  const absent = absentIn(dir, actions, spend);
  const lacks = lacksOf(dir, basins, actions, absent);
  if (lacks.length > 0) throw new Error(`${dir} cannot be loaded, add: ${lacks.join('; ')}`);
  const isAbsent = new Set(absent.map(({ name }) => name));
  return {
    dir,
    rules: existsSync(own) ? json<Rules>(own) : { ...USUAL_RULES, ...nameOf(dir) },
    basins,
    actions,
    spend: spend.filter(({ path }) => !isAbsent.has(relative(dir, path))),
    absent,
    unknown: unknownIn(dir, actions, spend),
  };
}

/** What of each entry of a list is not said. */
function unsaidIn(what: string, keys: readonly string[], entries: readonly object[]): string[] {
  if (!Array.isArray(entries) || entries.length === 0) return [`a list of ${what}s to ${what}s.json, one at least`];
  return entries.flatMap((entry: Readonly<Record<string, unknown>>, i) =>
    keys
      .filter((key) => entry[key] === undefined || (Array.isArray(entry[key]) && entry[key].length === 0))
      .map((key) => `${key} to ${what} ${String(entry['code'] ?? i + 1)} in ${what}s.json`),
  );
}

/** What has no line, of all that may have none. */
function absentIn(dir: string, actions: readonly Action[], spend: ProgrammeFolder['spend']): Absent[] {
  const files = [
    ...actions.map(({ code }) => `detections/${code}.csv`),
    ...MAY_LACK.filter((name) => name !== 'spend'),
    ...spend.map(({ path }) => relative(dir, path)),
  ];
  const absent = files.flatMap((name) => {
    const path = join(dir, name);
    if (existsSync(path)) return holdsLines(path) ? [] : [{ name, hasHeadings: true }];
    return name.startsWith('detections/') ? [] : [{ name, hasHeadings: false }];
  });
  return spend.length > 0 ? absent : [...absent, { name: 'spend', hasHeadings: false }];
}

/** What must be added before anything can be loaded: a programme that is loaded by half is of no use. */
function lacksOf(
  dir: string,
  basins: readonly Basin[],
  actions: readonly Action[],
  absent: readonly Absent[],
): string[] {
  const known = new Set(basins.map(({ code }) => code));
  const hasNoWorkshop = absent.some(({ name }) => name === 'workshops.csv');
  const hasAttendance = !absent.some(({ name }) => name === 'workshop-attendance.csv');
  return [
    ...actions.flatMap(({ code, basins: of }) => [
      ...of.filter((basin) => !known.has(basin)).map((basin) => `basin ${basin} of action ${code} to basins.json`),
      ...(existsSync(join(dir, 'detections', `${code}.csv`))
        ? []
        : [`detections/${code}.csv (its headings alone where the action has no firm yet)`]),
    ]),
    ...(hasNoWorkshop && hasAttendance ? ['workshops.csv, which workshop-attendance.csv is about'] : []),
  ];
}

function unknownIn(dir: string, actions: readonly Action[], spend: ProgrammeFolder['spend']): string[] {
  const known = new Set<string>([...REQUIRED, ...MAY_LACK, ...BESIDE, ...spend.map(({ path }) => relative(dir, path))]);
  for (const { code } of actions) known.add(`detections/${code}.csv`);
  const within = ['detections', 'spend'].flatMap((name) => namesIn(join(dir, name)).map((file) => `${name}/${file}`));
  return [...namesIn(dir), ...within].filter((name) => !known.has(name));
}

/** The names in a folder but hidden ones, sorted; none where there is no such folder. */
const namesIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];

/** Bytes in which headings end, and the first line begins. */
const HEAD = 65_536;

/** Whether anything stands below the headings: what has nothing is not sent, because services refuse a file without lines. */
function holdsLines(path: string): boolean {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(HEAD);
  const length = readSync(file, head);
  closeSync(file);
  const lines = head.toString('latin1', 0, length).split(/[\r\n]+/);
  return length === HEAD || lines.filter((line) => /[^\s;,\0]/.test(line)).length > 1;
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
