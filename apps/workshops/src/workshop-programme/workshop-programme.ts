import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import {
  firstTwice,
  inFuture,
  namedTwice,
  notKnown,
  saidOtherwise,
  tooEarly,
} from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'workshops/workshop programme'>;

type Keys = 'programme' | 'action';
type Proposed = Omit<EventDataByType['fr.gpect.workshops.workshop-proposed.v1'], Keys>;
type Agreed = Omit<EventDataByType['fr.gpect.workshops.workshop-programme-agreed.v1'], Keys>;

export interface Proposal extends Proposed {
  /** SIRETs of the firms that voted for it. */
  readonly votes: readonly string[];
}

export interface WorkshopProgramme {
  readonly proposals: readonly Proposal[];
  readonly versions: readonly Agreed[];
}

export type ProgrammeCommand = {
  readonly programme: string;
  readonly action: string;
  /** Of the firms that are named, those that are enrolled in the action. */
  readonly enrolled: readonly string[];
  readonly today: CalendarDate;
} & (
  | { readonly kind: 'propose'; readonly proposal: Proposed }
  | { readonly kind: 'vote'; readonly proposal: string; readonly siret: string; readonly votedOn: CalendarDate }
  | {
      readonly kind: 'agree';
      readonly agreedOn: CalendarDate;
      readonly agreedBy: readonly string[];
      readonly items: readonly { readonly proposal: string; readonly month?: string }[];
    }
);

/** The programme of workshops that the managers of an action build together. Source: bilan 2007-2013, section 3. */
export const workshopProgramme: Aggregate<'workshops/workshop programme', WorkshopProgramme, ProgrammeCommand> = {
  collection: 'workshop_programmes',
  initial: { proposals: [], versions: [] },
  decide: (command, state) => {
    switch (command.kind) {
      case 'propose':
        return propose(command, state);
      case 'vote':
        return vote(command, state);
      case 'agree':
        return agree(command, state);
      default:
        return unreachable(command satisfies never);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.workshops.workshop-proposed.v1': {
        const { programme: _p, action: _a, ...proposal } = event.data;
        return { ...state, proposals: [...state.proposals, { ...proposal, votes: [] }] };
      }
      case 'fr.gpect.workshops.workshop-proposal-voted.v1': {
        const { proposal, siret } = event.data;
        const voted = (p: Proposal) => (p.proposal === proposal ? { ...p, votes: [...p.votes, siret] } : p);
        return { ...state, proposals: state.proposals.map(voted) };
      }
      case 'fr.gpect.workshops.workshop-programme-agreed.v1': {
        const { programme: _p, action: _a, ...version } = event.data;
        return { ...state, versions: [...state.versions, version] };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function propose(command: ProgrammeCommand & { kind: 'propose' }, state: WorkshopProgramme): Decision {
  const { programme, action, proposal, enrolled, today } = command;
  const known = state.proposals.find((p) => p.proposal === proposal.proposal);
  if (known) {
    const { votes: _votes, ...before } = known;
    if (isDeepStrictEqual({ ...before }, { ...proposal })) return ok([]);
    return fail(saidOtherwise('proposal', proposal.proposal, { state: 'PROPOSED', allowed: ['vote'] }));
  }
  if (!enrolled.includes(proposal.siret)) return fail(notEnrolled('siret', proposal.siret, action));
  const { proposedOn } = proposal;
  if (proposedOn > today) return fail(inFuture('proposedOn', proposedOn, 'give the day of the proposal'));
  return ok([{ type: 'fr.gpect.workshops.workshop-proposed.v1', data: { programme, action, ...proposal } }]);
}

/** One firm, one vote for a proposal. */
function vote(command: ProgrammeCommand & { kind: 'vote' }, state: WorkshopProgramme): Decision {
  const { programme, action, proposal, siret, votedOn, enrolled, today } = command;
  const known = state.proposals.find((p) => p.proposal === proposal);
  if (!known) return fail(noProposal(proposal, state));
  if (known.votes.includes(siret)) return ok([]);
  if (!enrolled.includes(siret)) return fail(notEnrolled('siret', siret, action));
  if (votedOn > today) return fail(inFuture('votedOn', votedOn, 'give the day of the vote'));
  if (votedOn < known.proposedOn) return fail(tooEarly('votedOn', votedOn, `the proposal of ${known.proposedOn}`));
  return ok([
    { type: 'fr.gpect.workshops.workshop-proposal-voted.v1', data: { programme, action, proposal, siret, votedOn } },
  ]);
}

function agree(command: ProgrammeCommand & { kind: 'agree' }, state: WorkshopProgramme): Decision {
  const { programme, action, agreedOn, agreedBy, items, enrolled, today } = command;
  const last = state.versions.at(-1);
  const asked = items.map(({ proposal, month }) => ({ proposal, ...(month ? { month } : {}) }));
  const before = last?.items.map(({ proposal, month }) => ({ proposal, ...(month ? { month } : {}) }));
  if (last?.agreedOn === agreedOn && isDeepStrictEqual(before, asked)) return ok([]);
  const stranger = agreedBy.find((siret) => !enrolled.includes(siret));
  if (stranger) return fail(notEnrolled('agreedBy', stranger, action));
  const twice = firstTwice(items.map((item) => item.proposal));
  if (twice) return fail(namedTwice('items', twice));
  if (agreedOn > today) return fail(inFuture('agreedOn', agreedOn, 'record what was agreed once it was'));
  if (last && agreedOn < last.agreedOn)
    return fail(tooEarly('agreedOn', agreedOn, `version ${last.version}, agreed on ${last.agreedOn}`));
  const agreed: Agreed['items'] = [];
  for (const item of asked) {
    const known = state.proposals.find((p) => p.proposal === item.proposal);
    if (!known) return fail(noProposal(item.proposal, state));
    agreed.push({ ...item, title: known.title, theme: known.theme, votes: known.votes.length });
  }
  return ok([
    {
      type: 'fr.gpect.workshops.workshop-programme-agreed.v1',
      data: { programme, action, version: (last?.version ?? 0) + 1, agreedOn, agreedBy: [...agreedBy], items: agreed },
    },
  ]);
}

function noProposal(proposal: string, { proposals }: WorkshopProgramme): Refusal {
  return notKnown('proposal', proposal, `there are ${proposals.map((p) => p.proposal).join(', ') || 'none yet'}`);
}

function notEnrolled(field: string, siret: string, action: string): Refusal {
  return {
    code: 'firm_not_enrolled',
    kind: 'unknown',
    field,
    value: siret,
    detail: `${siret} is not enrolled in action ${action}, or its enrolment has not arrived yet; its managers have the say`,
  };
}
