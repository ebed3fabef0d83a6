import type { components } from '@gpect/contracts/generated/api-reporting';
import type {
  ActionDocument,
  FirmDocument,
  ProgrammeDocument,
  RefusalsDocument,
  SpendFileDocument,
  WorkshopDocument,
} from '../read-model/documents.js';
import { addFirm, contributionOf, type Figures, noFigures } from './figures.js';
import { COUNTS_BY, INDICATORS, OTHER_DEFINITIONS } from './indicators.js';
import type { FirmDates } from './moved-firms.js';
import { addSpend, noSpend } from './spend-results.js';
import { addAnswers, noResults } from './survey-results.js';

export type Bilan = components['schemas']['Bilan'];

export interface Scope {
  readonly basin?: string;
  readonly action?: string;
}

/** Everything the bilan of a programme (or of a scope of it) is made of, as of one instant. */
export interface BilanInputs {
  readonly programme: ProgrammeDocument;
  readonly scope: Scope;
  readonly actions: readonly ActionDocument[];
  readonly workshops: readonly WorkshopDocument[];
  readonly refusals: readonly RefusalsDocument[];
  readonly spendFiles: readonly SpendFileDocument[];
  /** By each SIRET that a firm had before or since: the dates of the firm that enrolled. */
  readonly moved: ReadonlyMap<string, FirmDates>;
  /** The firms of the scope. */
  readonly firms: AsyncIterable<FirmDocument> | Iterable<FirmDocument>;
  /** `topic/partition` and the offset of the next event. */
  readonly positions: ReadonlyMap<string, number>;
}

/** Pure: the same inputs give the same bytes, whatever the order in which documents come. */
export async function bilanOf(inputs: BilanInputs): Promise<Bilan> {
  const { programme, scope, actions } = inputs;
  const inScope = actions.filter(
    (a) => (!scope.action || a.action === scope.action) && (!scope.basin || a.basins?.includes(scope.basin)),
  );
  const figures = noFigures();
  const byBasin = figuresFor(
    scope.basin ? [scope.basin] : scope.action ? inScope.flatMap((a) => a.basins ?? []) : programme.basins,
  );
  const byAction = figuresFor(inScope.map((a) => a.action));
  const survey = noResults();
  const spend = noSpend();
  const firmsBehind: Record<string, number> = {};
  const behind = (id: string) => {
    firmsBehind[id] = (firmsBehind[id] ?? 0) + 1;
  };

  for await (const firm of inputs.firms) {
    const contribution = contributionOf(firm, programme);
    addFirm(figures, contribution);
    if (firm.basin) addFirm(figuresOf(byBasin, firm.basin), contribution);
    if (firm.action) addFirm(figuresOf(byAction, firm.action), contribution);
    for (const [id] of contribution) behind(id);
    if (firm.invited) behind('workshops');
    if (firm.answers?.BEFORE && firm.answers.AFTER) behind('survey');
    if (firm.spend) behind('spend');
    addAnswers(survey, firm);
    addSpend(spend, firm, firm.enrolledOn ? firm : (inputs.moved.get(firm.siret) ?? firm));
  }

  const firstBasin = new Map(actions.map((a) => [a.action, a.basins?.[0]]));
  for (const { action } of inputs.workshops) {
    const basin = firstBasin.get(action);
    if ((scope.action && action !== scope.action) || (scope.basin && basin !== scope.basin)) continue;
    figures.workshops++;
    if (basin) figuresOf(byBasin, basin).workshops++;
    figuresOf(byAction, action).workshops++;
  }

  const refused = scope.basin || scope.action ? {} : refusedLines(inputs);
  return {
    programme: { code: programme._id, name: programme.name, opensOn: programme.opensOn, closesOn: programme.closesOn },
    scope: { ...scope },
    figures,
    byBasin: sorted(byBasin),
    byAction: sorted(byAction),
    platforms: platformsOf(inScope),
    survey: { ...survey, yes: sorted(survey.yes), trends: sorted(survey.trends) },
    spend: {
      ...spend,
      byFunderCents: sorted(spend.byFunderCents),
      bySchemeCents: sorted(spend.bySchemeCents),
      refusedLines: Object.values(refused).reduce((sum, lines) => sum + lines.length, 0),
      refused,
    },
    definitions: [...INDICATORS, ...OTHER_DEFINITIONS].map(({ id, labelFr, labelEn, definition, sources }) => ({
      id,
      labelFr,
      labelEn,
      definition,
      sources: [...sources],
      countsBy: COUNTS_BY,
      firms: firmsBehind[id] ?? 0,
    })),
    provenance: { topics: provenanceOf(inputs.positions) },
  };
}

function figuresFor(codes: readonly string[]): Record<string, Figures> {
  return Object.fromEntries(codes.map((code) => [code, noFigures()]));
}

function figuresOf(groups: Record<string, Figures>, code: string): Figures {
  groups[code] ??= noFigures();
  return groups[code];
}

function platformsOf(actions: readonly ActionDocument[]): Bilan['platforms'] {
  const byName: Record<string, string[]> = {};
  for (const { action, platforms } of actions) for (const name of platforms ?? []) listOf(byName, name).push(action);
  return Object.entries(sorted(byName)).map(([name, codes]) => ({ name, actions: codes.sort() }));
}

function refusedLines({ refusals, spendFiles }: BilanInputs): Bilan['spend']['refused'] {
  const since = new Map(spendFiles.map(({ _id, restarts }) => [_id, Math.max(0, ...(restarts ?? []))]));
  const byFile: Record<string, { line: number; reason: string }[]> = {};
  for (const { file, of, sequence, lines } of refusals)
    if (sequence > (since.get(of) ?? 0))
      listOf(byFile, file).push(...lines.map(({ line, reason }) => ({ line, reason })));
  for (const lines of Object.values(byFile)) lines.sort((a, b) => a.line - b.line);
  return sorted(byFile);
}

function provenanceOf(positions: ReadonlyMap<string, number>): Record<string, Record<string, string>> {
  const topics: Record<string, Record<string, string>> = {};
  for (const [key, next] of [...positions].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) {
    const slash = key.lastIndexOf('/');
    const topic = key.slice(0, slash);
    topics[topic] = { ...topics[topic], [key.slice(slash + 1)]: String(next) };
  }
  return topics;
}

function listOf<T>(lists: Record<string, T[]>, key: string): T[] {
  lists[key] ??= [];
  return lists[key];
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
