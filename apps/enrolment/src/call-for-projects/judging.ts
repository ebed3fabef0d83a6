import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { LifeCycle } from '@gpect/service-kit/aggregate/life-cycle';
import { inFuture, tooEarly, transitionForbidden } from '@gpect/service-kit/aggregate/refusals';
import { scoreOf } from './scoring.js';

type Decision = DecisionOf<'enrolment/call for projects'>;

type Keys = 'programme' | 'call';
type Opened = EventDataByType['fr.gpect.enrolment.call-for-projects-opened.v1'];
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

export type JudgingCommand =
  | {
      readonly kind: 'score';
      readonly project: string;
      readonly score: Omit<Scored, 'version' | 'total' | 'innovation'>;
      readonly today: CalendarDate;
    }
  | { readonly kind: 'decide'; readonly project: string; readonly decided: Decided; readonly today: CalendarDate };

/** A project, and what of its call it is judged by. */
export interface Judged {
  readonly programme: string;
  readonly call: string;
  /** Of the criteria in force. */
  readonly version: number;
  readonly criteria: readonly Criterion[];
  readonly project: Project;
}

type Of<Kind extends JudgingCommand['kind']> = Extract<JudgingCommand, { readonly kind: Kind }>;
type Status = ReturnType<typeof statusOf>;

function statusOf({ version, project: { outcome, scored, decisions } }: Judged) {
  if (outcome !== 'SUBMITTED') return outcome;
  if (decisions.length > 0) return 'DECIDED_BY_ONE';
  if (!scored) return 'NOT_SCORED';
  return scored.version === version ? 'SCORED' : 'SCORED_BY_EARLIER_CRITERIA';
}

/**
 * A project that was submitted: what is possible in which state, and what comes of it. It is scored by the criteria in force;
 * from the first decision on its score stands, though the criteria are revised meanwhile.
 */
export const judging = new LifeCycle<'enrolment/call for projects', Judged, JudgingCommand, Status>(
  'project',
  {
    score: {
      in: ['NOT_SCORED', 'SCORED_BY_EARLIER_CRITERIA', 'SCORED'],
      known: ({ score }, state) => {
        const scored = scoredBy(score, state);
        return scored.ok && isDeepStrictEqual({ ...state.project.scored }, scored.value) ? ok([]) : undefined;
      },
      decide: score,
      sentence: ({ project }) => `${project} is being decided on; its score stands`,
    },
    decide: {
      in: ['SCORED', 'DECIDED_BY_ONE'],
      known: ({ decided }, { project: { decisions } }) =>
        decisions.some((d) => isDeepStrictEqual({ ...d }, { ...decided })) ? ok([]) : undefined,
      decide,
      sentence: ({ project }, { version, project: { outcome } }) =>
        outcome === 'SUBMITTED'
          ? `${project} is to be scored by version ${version} of the criteria first`
          : `it was decided on ${project} already`,
    },
  },
  statusOf,
);

function scoredBy(given: Of<'score'>['score'], { version, criteria }: Judged) {
  const scored = scoreOf(criteria, given.scores);
  return scored.ok ? ok({ ...given, version, ...scored.value }) : scored;
}

function score({ project, score: given, today }: Of<'score'>, state: Judged): Decision {
  const { programme, call } = state;
  const scored = scoredBy(given, state);
  if (!scored.ok) return scored;
  if (given.scoredOn > today) return fail(inFuture('scoredOn', given.scoredOn, 'give the day on which it was judged'));
  const { submittedOn } = state.project;
  if (given.scoredOn < submittedOn)
    return fail(tooEarly('scoredOn', given.scoredOn, `the submission on ${submittedOn}`));
  return ok([{ type: 'fr.gpect.enrolment.project-scored.v1', data: { programme, call, project, ...scored.value } }]);
}

function decide({ project, decided, today }: Of<'decide'>, state: Judged): Decision {
  const { programme, call } = state;
  const { decisions, scored } = state.project;
  if (decisions.some((d) => d.decidedFor === decided.decidedFor))
    return fail(transitionForbidden(`it was decided on ${project} already`));
  const { decidedOn } = decided;
  if (decidedOn > today) return fail(inFuture('decidedOn', decidedOn, 'give the day on which it was decided'));
  if (scored && decidedOn < scored.scoredOn)
    return fail(tooEarly('decidedOn', decidedOn, `the score of ${scored.scoredOn}`));
  const outcome = outcomeOf([...decisions, decided]);
  return ok([
    { type: 'fr.gpect.enrolment.project-decided.v1', data: { programme, call, project, ...decided, outcome } },
  ]);
}

/** Both accept: selected; one refuses: rejected. */
function outcomeOf(decisions: readonly Decided[]): ProjectOutcome {
  if (decisions.some((d) => d.decision === 'REFUSED')) return 'REJECTED';
  return decisions.length === 2 ? 'SELECTED' : 'SUBMITTED';
}
