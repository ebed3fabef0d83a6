import { dictionary, own } from '@gpect/domain-values/records';
import type { At } from '../dimensions/dimensions.js';
import type { ActionDocument, CooperationAssessed } from '../facts/documents.js';
import { isCountedIn, nothingAt } from '../figures/counted-in.js';
import { COUNTS, FIGURES, IN_CELLS } from '../figures/registry.js';
import type { Documents } from '../programmes/documents.js';
import type { ToldCell } from '../secrecy/told.js';
import { objectivesOf, outstandingOf, phasesOf, projectsOf } from './actions.js';
import { type Cuts, cutsOf, originsOf } from './cuts.js';
import { indicatorOf } from './indicator.js';
import { platformsOf } from './platforms.js';
import type { Bilan } from './shape.js';
import { spendOf } from './spend.js';
import { surveyOf } from './survey.js';
import { animationOf, practicesOf, visionsOf } from './territory.js';

type Figures = Bilan['figures'];

/** What a bilan is restricted to: values of dimensions, a day in the field up to which it counts. */
export interface Scope {
  readonly at: At;
  readonly asOf?: string;
}

/** Everything the bilan of a programme (or of a scope of it) is made of, as of one instant. */
export interface BilanInputs {
  readonly scope: Scope;
  readonly documents: Documents;
  /** The cell of the scope itself. */
  readonly total: ToldCell;
  /** The cells of the scope, cut by basin and by action; undefined where they are not told. */
  readonly byBasin: readonly ToldCell[] | undefined;
  readonly byAction: readonly ToldCell[] | undefined;
  readonly estimates: Bilan['estimates'];
  /** The same by other dimensions, where they are told. */
  readonly cuts: Cuts;
  /** `topic/partition` and the offset of the next event. */
  readonly positions: ReadonlyMap<string, number>;
  /** The release that it is of. */
  readonly release?: { readonly date: string; readonly madeAt: string };
  /** Figures whose history is being read. */
  readonly beingCounted: readonly string[];
}

/** Pure: the same inputs give the same bytes. */
export function bilanOf(inputs: BilanInputs): Bilan {
  const { scope, documents, total, release, beingCounted } = inputs;
  const { programme, practices, exchanges, projects = [] } = documents;
  const { at, asOf } = scope;
  const inScope = documents.actions.filter((a) => isOf(a, at));
  const isWhole = Object.keys(at).length === 0;
  const basins = at.basin ? [at.basin] : at.action ? inScope.flatMap((a) => a.basins ?? []) : programme.basins;
  const hidden = new Set(beingCounted);
  const cut = (cells: readonly ToldCell[] | undefined, codes: readonly string[], dimension: 'basin' | 'action') => {
    if (!cells) return {};
    const known = new Map(cells.map((cell) => [cell.at[dimension] ?? '', cell]));
    const all = [...new Set([...codes, ...known.keys()])].sort();
    return Object.fromEntries(
      all.map((code) => [code, countsOf(known.get(code) ?? nothingAt({ ...at, [dimension]: code }), hidden)]),
    );
  };
  const { year, ...values } = at;
  return {
    programme: { code: programme._id, name: programme.name, opensOn: programme.opensOn, closesOn: programme.closesOn },
    scope: { ...values, ...(asOf ? { asOf } : {}), ...(year === undefined ? {} : { year: Number(year) }) },
    ...(release ? { release } : {}),
    secrecy: release ? 'applied' : 'none',
    beingCounted: [...beingCounted],
    figures: countsOf(total, hidden),
    byBasin: cut(inputs.byBasin, basins, 'basin'),
    byAction: cut(
      inputs.byAction,
      inScope.map((a) => a.action),
      'action',
    ),
    details: detailsOf(total, hidden),
    cuts: cutsOf(inputs.cuts),
    origins: originsOf(inputs.cuts),
    objectives: isOfWholeActions(at) ? objectivesOf(inScope, inputs.byAction, asOf) : [],
    phases: phasesOf(inScope, asOf),
    projects: isWhole ? projectsOf(projects, inScope, inputs.byAction, asOf) : [],
    decisionsOutstanding: outstandingOf(inScope, asOf),
    platforms: platformsOf(inScope, asOf),
    cooperation: cooperationOf(inScope, asOf),
    visions: visionsOf(inScope, asOf),
    animation: animationOf(isWhole ? exchanges : [], asOf),
    ...participationOf(hidden.has('participation') ? undefined : total),
    practices: practicesOf(isWhole ? practices : [], asOf),
    // Of a part, answers are rounded: shares and intervals of so few would say what nobody answered.
    survey: surveyOf(total, {
      hasEffects: !release || isWhole,
      isMasked: release !== undefined && isCountedIn(at, 'survey'),
      documents: isWhole ? documents : undefined,
      asOf,
    }),
    spend: spendOf(total, isWhole ? documents : { refused: {}, refusedLines: 0 }, hidden),
    estimates: inputs.estimates,
    definitions: FIGURES.map((figure) => ({
      ...indicatorOf(figure),
      definition: figure.definitionEn,
      firms: hidden.has(figure.id) ? null : total.firms(own(FIRMS_BEHIND, figure.id) ?? figure.id),
    })),
    provenance: { topics: provenanceOf(inputs.positions) },
  };
}

/** What an action meant to reach is not set against a part of its firms. */
const isOfWholeActions = (at: At): boolean => Object.keys(at).every((name) => name === 'action' || name === 'carrier');

/** The plain counts of a cell. */
function countsOf(cell: ToldCell, hidden: ReadonlySet<string>): Figures {
  return Object.fromEntries(COUNTS.map((id) => [id, hidden.has(id) ? null : cell.value(id)])) as Figures;
}

/** The figures of a cell that are no plain counts, and those that are where they have parts. */
function detailsOf(total: ToldCell, hidden: ReadonlySet<string>): Bilan['details'] {
  const details = dictionary<Bilan['details'][string]>();
  for (const id of IN_CELLS) {
    const [value, parts] = hidden.has(id) ? [null, []] : [total.value(id), total.parts(id)];
    if (parts.length > 0) details[id] = { value, parts: Object.fromEntries(parts) };
    else if (!COUNTS.includes(id) && value !== 0) details[id] = { value };
  }
  return details;
}

/** Sessions in which each group took part, in all and stage by stage. */
function participationOf(total: ToldCell | undefined): Pick<Bilan, 'participation' | 'participationByStage'> {
  const stages = dictionary<Record<string, number | null>>();
  for (const [part, count] of total?.parts('participationByStage') ?? []) {
    const [stage = '', group = ''] = part.split(':');
    stages[stage] = { ...stages[stage], [group]: count };
  }
  return { participation: Object.fromEntries(total?.parts('participation') ?? []), participationByStage: stages };
}

/** The firms behind a figure that does not count firms: those that it concerns. */
const FIRMS_BEHIND: Readonly<Record<string, string>> = { workshops: 'invited' };

function isOf({ action, basins = [], carriers = [] }: ActionDocument, at: At): boolean {
  return (
    (!at.action || action === at.action) &&
    (!at.basin || basins.includes(at.basin)) &&
    (!at.carrier || carriers.some((c) => c.code === at.carrier))
  );
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
