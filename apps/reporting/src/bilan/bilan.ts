import type { components } from '@gpect/contracts/generated/api-reporting';
import { type Dictionary, dictionary } from '@gpect/domain-values/records';
import { WINDOW_RULE } from '@gpect/domain-values/spend-windows';
import type { At } from '../cells/dimensions.js';
import type { Sums } from '../cells/measures.js';
import type { Cell } from '../cells/read-cells.js';
import { INDICATORS } from '../indicators/indicators.js';
import type {
  ActionDocument,
  CooperationAssessed,
  ExchangeDocument,
  PracticesDocument,
  ProgrammeDocument,
  RefusalsDocument,
  SpendFileDocument,
} from '../read-model/documents.js';
import { type Figures, figuresOf, maskedFigures } from './figures.js';
import { pairedDifference } from './paired-interval.js';
import { animationOf, practicesOf, visionsOf } from './territory.js';

export type Bilan = components['schemas']['Bilan'];

/** What a bilan is restricted to: values of at most two dimensions, a day in the field up to which it counts, a year. */
export interface Scope {
  readonly at: At;
  readonly asOf?: string;
  readonly year?: number;
}

/** Everything the bilan of a programme (or of a scope of it) is made of, as of one instant. */
export interface BilanInputs {
  readonly programme: ProgrammeDocument;
  readonly scope: Scope;
  readonly actions: readonly ActionDocument[];
  /** The cell of the scope itself; undefined where nothing counts in it. */
  readonly total: Cell | undefined;
  /** The cells of the scope, cut by basin and by action; undefined where the scope leaves no room for a further cut. */
  readonly byBasin: readonly Cell[] | undefined;
  readonly byAction: readonly Cell[] | undefined;
  readonly refusals: readonly RefusalsDocument[];
  readonly spendFiles: readonly SpendFileDocument[];
  readonly practices: readonly PracticesDocument[];
  readonly exchanges: readonly ExchangeDocument[];
  /** `topic/partition` and the offset of the next event. */
  readonly positions: ReadonlyMap<string, number>;
  /** Whether statistical secrecy is applied. */
  readonly masked: boolean;
}

/** Pure: the same inputs give the same bytes. */
export function bilanOf(inputs: BilanInputs): Bilan {
  const { programme, scope, actions, total, masked } = inputs;
  const { at, asOf, year } = scope;
  const inScope = actions.filter((a) => isOf(a, at));
  const sums = total?.sums;
  const basins = at.basin ? [at.basin] : at.action ? inScope.flatMap((a) => a.basins ?? []) : programme.basins;
  const cut = (cells: readonly Cell[] | undefined, codes: readonly string[], dimension: 'basin' | 'action') => {
    if (!cells) return {};
    const known = new Map(cells.map((cell) => [cell.at[dimension] ?? '', cell]));
    const all = [...new Set([...codes, ...known.keys()])].sort();
    const groups = new Map(all.map((code) => [code, known.get(code)]));
    return masked
      ? maskedFigures(groups, total)
      : Object.fromEntries([...groups].map(([k, cell]) => [k, figuresOf(cell)]));
  };
  const whole = Object.keys(at).length === 0 && year === undefined;
  const refused = whole ? refusedLines(inputs) : {};
  return {
    programme: { code: programme._id, name: programme.name, opensOn: programme.opensOn, closesOn: programme.closesOn },
    scope: { ...at, ...(asOf ? { asOf } : {}), ...(year === undefined ? {} : { year }) },
    figures: masked ? totalMasked(total) : figuresOf(total),
    byBasin: cut(inputs.byBasin, basins, 'basin'),
    byAction: cut(
      inputs.byAction,
      inScope.map((a) => a.action),
      'action',
    ),
    platforms: platformsOf(inScope),
    cooperation: cooperationOf(inScope, asOf),
    visions: visionsOf(inScope, asOf),
    animation: animationOf(inputs.exchanges, asOf),
    ...participationOf(sums),
    practices: practicesOf(inputs.practices, asOf),
    survey: surveyOf(sums, masked),
    spend: spendOf(total, refused, masked),
    definitions: INDICATORS.map((indicator) => ({
      ...indicator,
      definition: indicator.definitionEn,
      sources: [...indicator.sources],
      firms: sums?.get(`#${FIRMS_BEHIND[indicator.id] ?? indicator.id}`) ?? 0,
    })),
    provenance: { topics: provenanceOf(inputs.positions) },
    secrecy: masked ? 'applied' : 'none',
    beingCounted: [],
  };
}

/** Sessions in which each group took part, in all and stage by stage. */
function participationOf(sums: Sums | undefined): Pick<Bilan, 'participation' | 'participationByStage'> {
  const groups = dictionary<number>();
  const stages = dictionary<Record<string, number>>();
  for (const [part, count] of sums?.parts('participation') ?? []) {
    const [stage = '', group = ''] = part.split(':');
    groups[group] = (groups[group] ?? 0) + count;
    if (stage !== 'NONE') stages[stage] = { ...stages[stage], [group]: count };
  }
  return { participation: sorted(groups), participationByStage: stages };
}

/** The firms behind a figure that does not count firms: those that it concerns. */
const FIRMS_BEHIND: Readonly<Record<string, string>> = { workshops: 'invited', participationByStage: 'participation' };

function isOf({ action, basins = [], carriers = [] }: ActionDocument, at: At): boolean {
  return (
    (!at.action || action === at.action) &&
    (!at.basin || basins.includes(at.basin)) &&
    (!at.carrier || carriers.some((c) => c.code === at.carrier))
  );
}

function totalMasked(total: Cell | undefined): Figures {
  return maskedFigures(new Map([['', total]]), undefined)[''] as Figures;
}

function surveyOf(sums: Sums | undefined, masked: boolean): Bilan['survey'] {
  const of = (part: string) => sums?.get(`survey:${part}`) ?? 0;
  const firms = sums?.get('survey') ?? 0;
  const nothing = { firms: 0, yes: {}, effects: [], trends: {}, trainingPriority: NO_PRIORITY };
  // Answers of one or two firms are theirs.
  if (masked && firms < 3) return { ...nothing, masked: firms > 0 };
  const questions = (sums?.parts('survey:asked') ?? []).map(([question]) => question);
  const yes = questions.map((q) => [q, { before: of(`before:${q}`), after: of(`after:${q}`) }] as const);
  const trends = dictionary<{ UP: number; STABLE: number; DOWN: number }>();
  for (const [part, count] of sums?.parts('survey:trend') ?? []) {
    const [name = '', trend = ''] = part.split(':');
    trends[name] ??= { UP: 0, STABLE: 0, DOWN: 0 };
    trends[name][trend as 'UP' | 'STABLE' | 'DOWN'] = count;
  }
  return {
    firms,
    yes: Object.fromEntries(yes),
    effects: yes.flatMap(([question, { before, after }]) => {
      const made = pairedDifference(
        of(`asked:${question}`),
        before,
        after,
        of(`gained:${question}`),
        of(`lost:${question}`),
      );
      return made ? [{ question, ...made }] : [];
    }),
    trends,
    trainingPriority: {
      littleRecourseAndNoPolicyBefore: of('noTrainingBefore'),
      priorityAfter: of('trainingPriorityAfter'),
      of: firms,
    },
  };
}

const NO_PRIORITY = { littleRecourseAndNoPolicyBefore: 0, priorityAfter: 0, of: 0 };

function spendOf(total: Cell | undefined, refused: Bilan['spend']['refused'], masked: boolean): Bilan['spend'] {
  const of = (measure: string) => total?.sums.get(measure) ?? 0;
  const amounts = masked ? maskedFigures(new Map([['', total]]), undefined, AMOUNTS)[''] : undefined;
  const amount = (id: (typeof AMOUNTS)[number]) => (amounts ? (amounts[id] ?? null) : of(id));
  const hidden = amount('spend') === null;
  return {
    lines: of('spend:lines'),
    totalCents: amount('spend'),
    // Parts of a masked amount would add up to it.
    byFunderCents: hidden ? {} : Object.fromEntries(total?.sums.parts('spend:funder') ?? []),
    bySchemeCents: hidden ? {} : Object.fromEntries(total?.sums.parts('spend:scheme') ?? []),
    enrolledFirmsCents: amount('spendEnrolled'),
    accompaniedFirmsCents: {
      before12Months: amount('spendBefore'),
      after12Months: amount('spendAfter'),
      firmsBefore: of('#spendBefore'),
      firmsAfter: of('#spendAfter'),
      windowRule: WINDOW_RULE,
    },
    refusedLines: Object.values(refused).reduce((sum, lines) => sum + lines.length, 0),
    refused,
  };
}

const AMOUNTS = ['spend', 'spendEnrolled', 'spendBefore', 'spendAfter'] as const;

function platformsOf(actions: readonly ActionDocument[]): Bilan['platforms'] {
  const byName = dictionary<string[]>();
  for (const { action, platforms } of actions) for (const name of platforms ?? []) listOf(byName, name).push(action);
  return Object.entries(sorted(byName)).map(([name, codes]) => ({ name, actions: codes.sort() }));
}

function cooperationOf(actions: readonly ActionDocument[], asOf: string | undefined): Bilan['cooperation'] {
  const sumOf = (assessed: CooperationAssessed | undefined) =>
    assessed && (!asOf || assessed.assessedOn <= asOf)
      ? { pairs: assessed.pairs, together: assessed.together }
      : undefined;
  return actions.flatMap(({ action, cooperation = {} }) => {
    const [start, end] = [sumOf(cooperation.START), sumOf(cooperation.END)];
    return start || end ? [{ action, ...(start ? { start } : {}), ...(end ? { end } : {}) }] : [];
  });
}

function refusedLines({ refusals, spendFiles }: BilanInputs): Bilan['spend']['refused'] {
  const since = new Map(spendFiles.map(({ _id, restarts }) => [_id, Math.max(0, ...(restarts ?? []))]));
  const byFile = dictionary<{ line: number; reason: string }[]>();
  for (const { file, of, sequence, lines } of refusals)
    if (sequence > (since.get(of) ?? 0))
      for (const { line, reason } of lines) listOf(byFile, file).push({ line, reason });
  for (const lines of Object.values(byFile)) lines.sort((a, b) => a.line - b.line);
  return sorted(byFile);
}

/** Topic, partition, offset of the next event. */
export function provenanceOf(positions: ReadonlyMap<string, number>): Record<string, Record<string, string>> {
  const topics = dictionary<Record<string, string>>();
  for (const [key, next] of [...positions].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) {
    const slash = key.lastIndexOf('/');
    const topic = key.slice(0, slash);
    topics[topic] = { ...topics[topic], [key.slice(slash + 1)]: String(next) };
  }
  return topics;
}

function listOf<T>(lists: Dictionary<T[]>, key: string): T[] {
  lists[key] ??= [];
  return lists[key];
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
