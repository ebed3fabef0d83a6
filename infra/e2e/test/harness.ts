import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePorts } from '@gpect/local/ports';
import { ROOT } from '@gpect/local/root';
import { Stack, type StackOptions } from '@gpect/local/stack';
import { type Actor, ApiClient, type Service } from '@gpect/programme/api-client';
import { fetchBilan, inTruthShape } from '@gpect/programme/bilan';
import { type ProgrammeFolder, readFolder } from '@gpect/programme/folder';
import { loadProgramme } from '@gpect/programme/load';
import { type Progress, quiet } from '@gpect/programme/progress';

export const SAMPLE = join(ROOT, 'examples/npdc-2007-2013');
export const truth = JSON.parse(readFileSync(join(SAMPLE, 'truth.json'), 'utf8')) as {
  spend: { accompaniedFirmsCents: Record<string, number> };
};
export { quiet };

export interface Field {
  readonly stack: Stack;
  readonly api: ApiClient;
  stop(): Promise<void>;
}

/** A whole stack on free ports that nothing else touches. `supervise` as in production, or off where a test plays orchestrator. */
export async function openField(
  supervise = true,
  services?: readonly Service[],
  mongodOptions: readonly string[] = [],
  program?: StackOptions['program'],
  pages = false,
): Promise<Field> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-e2e-'));
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    supervise,
    mongodOptions,
    pages,
    ...(services ? { services } : {}),
    ...(program ? { program } : {}),
  });
  return {
    stack,
    api: new ApiClient(stack.urls, 120_000),
    stop: async () => {
      await stack.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A token of the development issuer. */
export async function tokenOf({ stack }: Field, actor: Actor): Promise<string> {
  const response = await fetch(`${stack.urls.issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(actor),
  });
  return ((await response.json()) as { token: string }).token;
}

/** The header that says who asks. */
export async function bearerOf(field: Field, actor: Actor): Promise<{ readonly authorization: string }> {
  return { authorization: `Bearer ${await tokenOf(field, actor)}` };
}

/** A form with one file, and its fields before it. */
export function formOf(
  name: string,
  file: Buffer | Blob | string,
  fields: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  const bytes = typeof file === 'string' ? file : new Uint8Array(file as Buffer);
  form.append('file', file instanceof Blob ? file : new Blob([bytes]), name);
  return form;
}

/** The sample under another code: another, empty programme. */
export function sampleAs(code: string): ProgrammeFolder {
  const folder = readFolder(SAMPLE);
  return { ...folder, rules: { ...folder.rules, code } };
}

/** Loads the sample and gives its bilan in the shape of truth.json. */
export async function bilanOfLoad(
  { api }: Field,
  folder: ProgrammeFolder,
  progress: Progress = quiet,
): Promise<object> {
  await loadProgramme(api, folder, progress);
  return inTruthShape(await fetchBilan(api, folder.rules.code));
}

/** Calls `act` once, when a step has been done so many times. */
export function whenDone(step: string, times: number, act: () => void): Progress {
  let done = 0;
  return {
    ...quiet,
    begin: (name) => name === step && times === 0 && act(),
    step: (name) => name === step && ++done === times && act(),
  };
}

export const STATE: Actor = { roles: ['state'] };

/** A programme with the sample's rules. */
export async function openProgramme({ api }: Field, code: string): Promise<void> {
  const { rules, basins } = sampleAs(code);
  await api.command('enrolment', STATE, '/programmes', { ...rules, basins });
}

/** Such a programme and one launched action, `arras`, that CCI Artois carries. */
export async function launchArras(field: Field, programme: string, as: Actor = STATE): Promise<void> {
  await openProgramme(field, programme);
  await field.api.command('enrolment', as, '/collective-actions', {
    programme,
    code: 'arras',
    name: 'Arras',
    basins: ['artois-ternois'],
    startsOn: '2010-04-06',
    durationMonths: 18,
    targetFirms: 32,
    carriers: [{ code: 'cci-artois', name: 'CCI Artois' }],
  });
}

export const firmOfArras = (programme: string, siret: string) => ({
  programme,
  action: 'arras',
  siret,
  name: "Mécanique de l'Artois",
  basin: 'artois-ternois',
  naf: '25.62B',
  headcount: 41,
  detectedOn: '2010-05-03',
  source: 'PORTEUR',
});

/** A firm, of that action where nothing else is said, from its detection to its agreement. */
export async function enrolInArras(
  { api }: Field,
  programme: string,
  siret: string,
  otherwise: Partial<ReturnType<typeof firmOfArras>> = {},
): Promise<void> {
  await api.command('enrolment', STATE, '/firms', { ...firmOfArras(programme, siret), ...otherwise });
  const scores = { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 };
  await api.command('enrolment', STATE, `/firms/${programme}/${siret}/qualification`, { scores });
  await api.command('enrolment', STATE, `/firms/${programme}/${siret}/agreement`, { signedOn: '2010-06-01' });
}
