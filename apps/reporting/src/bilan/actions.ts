import { valuesOf } from '@gpect/contracts/event-contracts';
import { daysBetween } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { nameOfField } from '@gpect/service-kit/mongo/field-names';
import type { ActionDocument, MeetingHeld, ProjectDocument } from '../facts/documents.js';
import type { ToldCell } from '../secrecy/told.js';
import { asComputed } from '../statistics/as-computed.js';
import type { Bilan } from './shape.js';

/** Cells by action; undefined where they are not told. */
type ByAction = readonly ToldCell[] | undefined;

const isBy = (asOf: string | undefined) => (day: string | undefined) =>
  day !== undefined && (asOf === undefined || day <= asOf);

/** What is told of an action: 0 where nothing counts there, null where it is not told. */
const toldOf = (cells: ByAction, action: string, figure: string): number | null => {
  if (!cells) return null;
  const cell = cells.find(({ at }) => at['action'] === action);
  return cell ? cell.value(figure) : 0;
};

/** What actions meant to reach, and what they reached. */
export function objectivesOf(
  actions: readonly ActionDocument[],
  cells: ByAction,
  asOf: string | undefined,
): Bilan['objectives'] {
  return actions
    .filter(({ startsOn }) => isBy(asOf)(startsOn))
    .flatMap(({ action, targetFirms }) =>
      targetFirms === undefined
        ? []
        : [
            {
              action,
              targetFirms,
              detected: toldOf(cells, action, 'detected'),
              enrolled: toldOf(cells, action, 'enrolled'),
              accompanied: toldOf(cells, action, 'accompanied'),
            },
          ],
    );
}

const PHASES = valuesOf('Phase');

/** How long each phase was planned and took; one that has begun and is not followed by another has no end yet. */
export function phasesOf(actions: readonly ActionDocument[], asOf: string | undefined): Bilan['phases'] {
  return actions.flatMap(({ action, plan = [], phasesStarted = {} }) => {
    const begun = PHASES.filter((phase) => isBy(asOf)(phasesStarted[phase]));
    return PHASES.filter((phase) => begun.includes(phase) || plan.some((p) => p.phase === phase)).map((phase) => {
      const planned = plan.find((p) => p.phase === phase);
      const startedOn = begun.includes(phase) ? phasesStarted[phase] : undefined;
      const next = begun.find((other) => PHASES.indexOf(other) > PHASES.indexOf(phase));
      const endedOn = startedOn && next ? phasesStarted[next] : undefined;
      return {
        action,
        phase,
        ...(planned
          ? {
              plannedFrom: planned.startsOn,
              plannedTo: planned.endsOn,
              plannedDays: daysBetween(planned.startsOn, planned.endsOn),
            }
          : {}),
        ...(startedOn ? { startedOn } : {}),
        ...(startedOn && endedOn ? { endedOn, days: daysBetween(startedOn, endedOn) } : {}),
      };
    });
  });
}

/** Projects beside what came of them. */
export function projectsOf(
  projects: readonly ProjectDocument[],
  actions: readonly ActionDocument[],
  cells: ByAction,
  asOf: string | undefined,
): Bilan['projects'] {
  return projects
    .filter(({ submittedOn }) => isBy(asOf)(submittedOn))
    .map(({ call, project, name = project, targetFirms, scores = {}, decided = {} }) => {
      const action = actions.find((a) => a.call === call && a.project === project)?.action;
      const [last] = Object.values(decided)
        .filter(({ on, outcome }) => outcome !== 'SUBMITTED' && isBy(asOf)(on))
        .sort((a, b) => (a.on < b.on ? 1 : -1));
      return {
        call,
        project,
        name,
        ...(targetFirms === undefined ? {} : { targetFirms }),
        ...scoreOf(scores, asOf),
        outcome: (last?.outcome ?? 'SUBMITTED') as 'SUBMITTED' | 'SELECTED' | 'REJECTED',
        ...(action
          ? {
              action,
              enrolled: toldOf(cells, action, 'enrolled'),
              accompanied: toldOf(cells, action, 'accompanied'),
            }
          : {}),
      };
    });
}

/** Of the last version of the criteria by which it was scored, the mean of those who scored. */
function scoreOf(scores: NonNullable<ProjectDocument['scores']>, asOf: string | undefined) {
  const given = Object.entries(scores)
    .filter(([, { on }]) => isBy(asOf)(on))
    .map(([by, score]) => ({ ...score, version: Number(by.split(' ', 1)[0]) }));
  const version = Math.max(...given.map((g) => g.version));
  const last = given.filter((g) => g.version === version);
  if (last.length === 0) return {};
  const mean = (of: (score: (typeof last)[number]) => number) =>
    asComputed(last.reduce((sum, score) => sum + of(score), 0) / last.length);
  return { score: mean(({ total }) => total), innovation: mean(({ innovation }) => innovation) };
}

/** Decisions of committees that nobody has said to be done or dropped. */
export function outstandingOf(
  actions: readonly ActionDocument[],
  asOf: string | undefined,
): Bilan['decisionsOutstanding'] {
  return actions
    .flatMap(({ action, committee = {} }) =>
      Object.entries(committee).flatMap(([meeting, held]) =>
        outstandingIn(held, asOf).map((decision) => ({ action, meeting: nameOfField(meeting), ...decision })),
      ),
    )
    .sort((a, b) => ((a.dueOn ?? a.heldOn) < (b.dueOn ?? b.heldOn) ? -1 : 1));
}

function outstandingIn({ heldOn, decided = {}, followed = {} }: MeetingHeld, asOf: string | undefined) {
  if (heldOn === undefined || !isBy(asOf)(heldOn)) return [];
  return Object.entries(decided).flatMap(([decision, what]) => {
    const last = Object.entries(own(followed, decision) ?? {})
      .filter(([on]) => isBy(asOf)(on))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .at(-1);
    const isSettled = last?.[1] === 'DONE' || last?.[1] === 'DROPPED';
    return isSettled ? [] : [{ decision: nameOfField(decision), heldOn, ...what }];
  });
}
