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
import { type Criterion, type JudgingCommand, judging, type Project } from './judging.js';

type Decision = DecisionOf<'enrolment/call for projects'>;

type Keys = 'programme' | 'call';
type Opened = EventDataByType['fr.gpect.enrolment.call-for-projects-opened.v1'];
type Revised = Omit<EventDataByType['fr.gpect.enrolment.call-criteria-revised.v1'], Keys>;
type Submitted = Omit<EventDataByType['fr.gpect.enrolment.project-submitted.v1'], Keys>;
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
  | JudgingCommand;

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
      case 'decide':
        return judge(command, state);
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
    const allowed = ['revise-criteria', 'submit', 'score', 'decide'];
    return fail(saidOtherwise('call', call.call, { state: 'OPEN', allowed }));
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
    return fail(saidOtherwise('project', project.project, { state: outcome, allowed: ['submit'] }));
  }
  const { submittedOn, basins } = project;
  if (submittedOn > today) return fail(inFuture('submittedOn', submittedOn, 'record a project once it is submitted'));
  if (submittedOn < opensOn || submittedOn > closesOn)
    return fail(
      transitionForbidden(`the call takes projects from ${opensOn} to ${closesOn}, not on ${submittedOn}`, {
        state: 'CLOSED',
        allowed: [],
      }),
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

function judge(command: JudgingCommand, { programme, call, version, criteria, projects }: CallForProjects): Decision {
  const project = projects.find((p) => p.project === command.project);
  if (!project) return fail(noProject(command.project, projects));
  return judging.decide(command, { programme, call, version, criteria, project });
}

function noProject(project: string, projects: readonly Project[]) {
  return notKnown('project', project, `the call has ${projects.map((p) => p.project).join(', ') || 'no project yet'}`);
}

function changed(state: CallForProjects, project: string, change: (p: Project) => Project): CallForProjects {
  return { ...state, projects: state.projects.map((p) => (p.project === project ? change(p) : p)) };
}
