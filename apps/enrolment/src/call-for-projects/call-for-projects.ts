import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import {
  firstTwice,
  inFuture,
  namedTwice,
  notKnown,
  saidOtherwise,
  tooEarly,
  transitionForbidden,
} from '@gpect/service-kit/aggregate/refusals';
import { scoreOf } from './scoring.js';

type Decision = DecisionOf<'enrolment/call for projects'>;

type Keys = 'programme' | 'call';
type Opened = EventDataByType['fr.gpect.enrolment.call-for-projects-opened.v1'];
type Revised = Omit<EventDataByType['fr.gpect.enrolment.call-criteria-revised.v1'], Keys>;
type Submitted = Omit<EventDataByType['fr.gpect.enrolment.project-submitted.v1'], Keys>;
type Scored = Omit<EventDataByType['fr.gpect.enrolment.project-scored.v1'], Keys | 'project'>;
type Decided = Omit<EventDataByType['fr.gpect.enrolment.project-decided.v1'], Keys | 'project' | 'outcome'>;
export type Criterion = Opened['criteria'][number];
export type ProjectOutcome = 'SUBMITTED' | 'SELECTED' | 'REJECTED';

export interface Project extends Submitted {
  readonly outcome: ProjectOutcome;
  readonly scored?: Scored;
  readonly decisions: readonly Decided[];
}

export interface CallForProjects extends Opened {
  /** Of the criteria in force. */
  readonly version: number;
  readonly revisions: readonly Revised[];
  readonly projects: readonly Project[];
}

export type CallCommand =
  | { readonly kind: 'open'; readonly call: Opened }
  | {
      readonly kind: 'revise-criteria';
      readonly revision: Omit<Revised, 'version'>;
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'submit';
      readonly project: Submitted;
      readonly programmeBasins: readonly string[];
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'score';
      readonly project: string;
      readonly score: Omit<Scored, 'version' | 'total' | 'innovation'>;
      readonly today: CalendarDate;
    }
  | { readonly kind: 'decide'; readonly project: string; readonly decided: Decided; readonly today: CalendarDate };

/**
 * A call for projects: who applied, how each was judged, what the State and the Region decided and why.
 * Source: bilan 2007-2013, sections 1 and 6 (criteria to be revised in favour of innovation).
 */
export const callForProjects: Aggregate<'enrolment/call for projects', CallForProjects | null, CallCommand> = {
  collection: 'calls_for_projects',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'open') return open(command.call, state);
    if (!state)
      return fail({
        code: 'call_unknown',
        kind: 'unknown',
        field: 'call',
        detail: 'there is no such call for projects; open it first',
      });
    switch (command.kind) {
      case 'revise-criteria':
        return revise(command.revision, command.today, state);
      case 'submit':
        return submit(command, state);
      case 'score':
        return score(command, state);
      case 'decide':
        return decide(command, state);
      default:
        return unreachable(command satisfies never);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.call-for-projects-opened.v1':
        return { ...event.data, version: 1, revisions: [], projects: [] };
      case 'fr.gpect.enrolment.call-criteria-revised.v1': {
        const { programme: _p, call: _c, ...revision } = event.data;
        const { version, criteria } = revision;
        return state && { ...state, version, criteria, revisions: [...state.revisions, revision] };
      }
      case 'fr.gpect.enrolment.project-submitted.v1': {
        const { programme: _p, call: _c, ...project } = event.data;
        const submitted: Project = { ...project, outcome: 'SUBMITTED', decisions: [] };
        return state && { ...state, projects: [...state.projects, submitted] };
      }
      case 'fr.gpect.enrolment.project-scored.v1': {
        const { programme: _p, call: _c, project, ...scored } = event.data;
        return state && changed(state, project, (p) => ({ ...p, scored }));
      }
      case 'fr.gpect.enrolment.project-decided.v1': {
        const { programme: _p, call: _c, project, outcome, ...decided } = event.data;
        return state && changed(state, project, (p) => ({ ...p, outcome, decisions: [...p.decisions, decided] }));
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function open(call: Opened, state: CallForProjects | null): Decision {
  if (state) {
    const { version: _v, revisions, projects: _projects, ...opened } = state;
    if (revisions.length === 0 && isDeepStrictEqual({ ...opened }, { ...call })) return ok([]);
    return fail(saidOtherwise('call', call.call, 'OPEN', ['revise-criteria', 'submit', 'score', 'decide']));
  }
  if (call.closesOn < call.opensOn)
    return fail(tooEarly('closesOn', call.closesOn, `the day on which it opens, ${call.opensOn}`));
  return checked(call.criteria) ?? ok([{ type: 'fr.gpect.enrolment.call-for-projects-opened.v1', data: call }]);
}

function revise(revision: Omit<Revised, 'version'>, today: CalendarDate, state: CallForProjects): Decision {
  const { programme, call, criteria, version, opensOn } = state;
  if (isDeepStrictEqual([...criteria], [...revision.criteria])) return ok([]);
  if (revision.revisedOn > today) return fail(inFuture('revisedOn', revision.revisedOn, 'revise once it is decided'));
  if (revision.revisedOn < opensOn) return fail(tooEarly('revisedOn', revision.revisedOn, `the call of ${opensOn}`));
  const type = 'fr.gpect.enrolment.call-criteria-revised.v1';
  return checked(revision.criteria) ?? ok([{ type, data: { programme, call, version: version + 1, ...revision } }]);
}

/** Why these criteria cannot be used; undefined where they can. */
function checked(criteria: readonly Criterion[]): Decision | undefined {
  const twice = firstTwice(criteria.map((c) => c.criterion));
  if (twice) return fail(namedTwice('criteria', twice));
  if (criteria.some((c) => c.innovation)) return undefined;
  return fail({
    code: 'innovation_missing',
    kind: 'rule',
    field: 'criteria',
    detail: 'no criterion judges innovation; mark one with "innovation": true',
  });
}

function submit(
  { project, programmeBasins, today }: CallCommand & { kind: 'submit' },
  state: CallForProjects,
): Decision {
  const { programme, call, projects, opensOn, closesOn } = state;
  const known = projects.find((p) => p.project === project.project);
  if (known) {
    const { outcome, scored: _scored, decisions: _decisions, ...submitted } = known;
    if (isDeepStrictEqual({ ...submitted }, { ...project })) return ok([]);
    return fail(saidOtherwise('project', project.project, outcome, ['submit']));
  }
  const { submittedOn, basins } = project;
  if (submittedOn > today) return fail(inFuture('submittedOn', submittedOn, 'record a project once it is submitted'));
  if (submittedOn < opensOn || submittedOn > closesOn)
    return fail(
      transitionForbidden(
        'CLOSED',
        [],
        `the call takes projects from ${opensOn} to ${closesOn}, not on ${submittedOn}`,
      ),
    );
  const outside = basins.find((basin) => !programmeBasins.includes(basin));
  if (outside)
    return fail({
      code: 'basin_unknown',
      kind: 'rule',
      field: 'basins',
      value: outside,
      detail: `${outside} is not a basin of the programme (${programmeBasins.join(', ')})`,
    });
  const twice = firstTwice(project.applicants.map((a) => a.code));
  if (twice) return fail(namedTwice('applicants', twice));
  return ok([{ type: 'fr.gpect.enrolment.project-submitted.v1', data: { programme, call, ...project } }]);
}

function score({ project, score: given, today }: CallCommand & { kind: 'score' }, state: CallForProjects): Decision {
  const { programme, call, version, criteria } = state;
  const known = state.projects.find((p) => p.project === project);
  if (!known) return fail(noProject(project, state));
  const scored = scoreOf(criteria, given.scores);
  if (!scored.ok) return scored;
  const data = { ...given, version, ...scored.value };
  if (known.scored && isDeepStrictEqual({ ...known.scored }, data)) return ok([]);
  if (known.outcome !== 'SUBMITTED' || known.decisions.length > 0)
    return fail(transitionForbidden(known.outcome, [], `${project} is being decided on; its score stands`));
  if (given.scoredOn > today) return fail(inFuture('scoredOn', given.scoredOn, 'give the day on which it was judged'));
  if (given.scoredOn < known.submittedOn)
    return fail(tooEarly('scoredOn', given.scoredOn, `the submission on ${known.submittedOn}`));
  return ok([{ type: 'fr.gpect.enrolment.project-scored.v1', data: { programme, call, project, ...data } }]);
}

function decide({ project, decided, today }: CallCommand & { kind: 'decide' }, state: CallForProjects): Decision {
  const { programme, call, version } = state;
  const known = state.projects.find((p) => p.project === project);
  if (!known) return fail(noProject(project, state));
  const before = known.decisions.find((d) => d.decidedFor === decided.decidedFor);
  if (before && isDeepStrictEqual({ ...before }, { ...decided })) return ok([]);
  if (before || known.outcome !== 'SUBMITTED')
    return fail(transitionForbidden(known.outcome, [], `it was decided on ${project} already`));
  if (known.scored?.version !== version)
    return fail(
      transitionForbidden(
        known.scored ? 'SCORED_BY_EARLIER_CRITERIA' : 'NOT_SCORED',
        ['score'],
        `${project} is to be scored by version ${version} of the criteria first`,
      ),
    );
  const { decidedOn } = decided;
  if (decidedOn > today) return fail(inFuture('decidedOn', decidedOn, 'give the day on which it was decided'));
  if (decidedOn < known.scored.scoredOn)
    return fail(tooEarly('decidedOn', decidedOn, `the score of ${known.scored.scoredOn}`));
  const outcome = outcomeOf([...known.decisions, decided]);
  return ok([
    { type: 'fr.gpect.enrolment.project-decided.v1', data: { programme, call, project, ...decided, outcome } },
  ]);
}

/** Both accept: selected; one refuses: rejected. */
function outcomeOf(decisions: readonly Decided[]): ProjectOutcome {
  if (decisions.some((d) => d.decision === 'REFUSED')) return 'REJECTED';
  return decisions.length === 2 ? 'SELECTED' : 'SUBMITTED';
}

function noProject(project: string, { projects }: CallForProjects) {
  return notKnown('project', project, `the call has ${projects.map((p) => p.project).join(', ') || 'no project yet'}`);
}

function changed(state: CallForProjects, project: string, change: (p: Project) => Project): CallForProjects {
  return { ...state, projects: state.projects.map((p) => (p.project === project ? change(p) : p)) };
}
