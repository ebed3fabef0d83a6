import { basename, join } from 'node:path';
import { type Actor, type ApiClient, type ImportReport, Refused, type Service } from './api-client.js';
import { caughtUp } from './caught-up.js';
import type { Action, ProgrammeFolder } from './folder.js';
import type { Progress } from './progress.js';

const STATE: Actor = { roles: ['state'] };
/** The files of many actions and consultants are the programme's own staff's. */
const REGION: Actor = { roles: ['region'] };
const EVALUATOR: Actor = { roles: ['evaluator'] };

/** Why a file without any line is refused. */
const EMPTY = new Set(['urn:gpect:problem:no-lines', 'urn:gpect:problem:file-empty']);

const THEN_STEP = 'séances, ateliers, enquête';
/** What is sent once the firms are known; those of one service after one another. */
const THEN = [
  { service: 'consulting', actor: REGION, query: { kind: 'sessions' }, name: 'consulting-sessions.csv' },
  { service: 'workshops', actor: REGION, query: { kind: 'workshops' }, name: 'workshops.csv' },
  { service: 'workshops', actor: REGION, query: { kind: 'attendance' }, name: 'workshop-attendance.csv' },
  { service: 'evaluation', actor: EVALUATOR, query: { kind: 'answers', wave: 'BEFORE' }, name: 'survey-before.csv' },
  { service: 'evaluation', actor: EVALUATOR, query: { kind: 'answers', wave: 'AFTER' }, name: 'survey-after.csv' },
] as const;

/** A line that waits for another service's event; sent again it is taken. */
const TOO_EARLY = new Set([
  'assignment_unknown',
  'action_unknown',
  'firm_not_enrolled',
  'survey_not_requested',
  'workshop_unknown',
]);

/** `CCI de l'Avesnois` -> `cci-de-l-avesnois` */
export function codeOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Sends a whole programme through the public endpoints, as its partners would, and waits until every service has read all of it. */
export async function loadProgramme(
  api: ApiClient,
  folder: ProgrammeFolder,
  progress: Progress,
): Promise<ImportReport[]> {
  const programme = folder.rules.code;
  const reports: ImportReport[] = [];
  const send = async (step: string, service: Service, actor: Actor, query: Record<string, string>, path: string) => {
    reports.push(
      await uploadUntilTaken(api, service, actor, { programme, ...query }, path).catch(nothingOf(basename(path))),
    );
    progress.step(step);
  };

  await openProgramme(api, folder);
  const isAbsent = new Set(folder.absent.map(({ name }) => name));
  const { spend } = folder;
  const actions = folder.actions.filter(({ code }) => !isAbsent.has(`detections/${code}.csv`));
  progress.begin('détections', actions.length);
  progress.begin('dépenses', spend.length);
  const spending = inTurn(spend, ({ funder, path }) =>
    send('dépenses', 'training-spend', { roles: ['funder'], funder }, { kind: 'spend', funder }, path),
  );
  spending.catch(() => undefined); // awaited below; a failure is told there
  await inTurn(actions, (a) =>
    send(
      'détections',
      'enrolment',
      carrierOf(a),
      { kind: 'detections', action: a.code },
      join(folder.dir, 'detections', `${a.code}.csv`),
    ),
  );
  await caughtUp(api, ['enrolment', 'consulting', 'workshops', 'evaluation']);

  const here = THEN.filter(({ name }) => !isAbsent.has(name));
  progress.begin(THEN_STEP, here.length);
  const inTurnOf = (service: Service) =>
    inTurn(
      here.filter((file) => file.service === service),
      ({ actor, query, name }) => send(THEN_STEP, service, actor, query, join(folder.dir, name)),
    );
  await Promise.all([...(['consulting', 'workshops', 'evaluation'] as const).map(inTurnOf), spending]);

  await caughtUp(api, undefined, (pending) => progress.waiting(pending));
  progress.end();
  return reports;
}

async function openProgramme(api: ApiClient, { rules, basins, actions }: ProgrammeFolder): Promise<void> {
  await api.command('enrolment', STATE, '/programmes', { ...rules, basins });
  for (const action of actions) {
    const { code, name, start, targetFirms, durationMonths, platform } = action;
    await api.command('enrolment', carrierOf(action), '/collective-actions', {
      programme: rules.code,
      code,
      name,
      basins: action.basins,
      startsOn: start,
      durationMonths,
      targetFirms,
      carriers: action.carriers.map((carrier) => ({ code: codeOf(carrier), name: carrier })),
    });
    if (platform)
      await api.command('enrolment', carrierOf(action), `/collective-actions/${rules.code}/${code}/platforms`, {
        name: platform,
      });
  }
}

function carrierOf({ carriers }: Action): Actor {
  return { roles: ['carrier'], carrier: codeOf(carriers[0] ?? 'porteur') };
}

/** A file may say more than headings and yet hold no line: the programme has nothing of it, and the others go on. */
const nothingOf =
  (file: string) =>
  (error: unknown): ImportReport => {
    if (!(error instanceof Refused && EMPTY.has(String((error.problem as { type?: unknown }).type)))) throw error;
    return { file, lines: 0, accepted: 0, repeated: 0, refused: 0, refusals: [] };
  };

/** Lines that came before the event they wait for are sent again, with the whole file: no line is taken twice. */
async function uploadUntilTaken(
  api: ApiClient,
  service: Service,
  actor: Actor,
  query: Record<string, string>,
  path: string,
): Promise<ImportReport> {
  let first: ImportReport | undefined;
  for (let attempt = 0; ; attempt++) {
    const report = await api.upload(service, actor, query, path);
    first ??= report;
    if (!report.refusals.some((r) => TOO_EARLY.has(r.reason)) || attempt === 5) {
      return report === first
        ? report
        : { ...report, accepted: report.accepted + first.accepted, repeated: report.repeated - first.accepted };
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function inTurn<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await act(item);
}
