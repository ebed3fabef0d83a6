import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'enrolment/collective action'>;

type Keys = 'programme' | 'action';
export type Partner = Omit<EventDataByType['fr.gpect.enrolment.action-partner-joined.v1'], Keys>;
type Met = Omit<EventDataByType['fr.gpect.enrolment.steering-committee-met.v1'], Keys>;
type FollowUp = Omit<EventDataByType['fr.gpect.enrolment.committee-decision-followed-up.v1'], Keys>;
export type Review = Omit<EventDataByType['fr.gpect.enrolment.platform-reviewed.v1'], Keys>;

/** A meeting with what became of its decisions. */
export interface Meeting extends Omit<Met, 'decisions'> {
  readonly decisions: readonly (Met['decisions'][number] & {
    readonly followUps?: readonly Omit<FollowUp, 'meeting' | 'decision'>[];
  })[];
}

/** The closed list of `kind`; whatever is none of it stands in `kindCode`. */
export const PARTNER_KINDS = [
  ...(['CHAMBER', 'EMPLOYERS_UNION', 'EMPLOYEES_UNION', 'OPCA', 'BRANCH'] as const),
  ...(['EMPLOYMENT_HOUSE', 'PLIE', 'STATE', 'REGION', 'OTHER'] as const),
] satisfies readonly Partner['kind'][];

export type PartnershipCommand =
  | { readonly kind: 'join'; readonly partner: Partner }
  | { readonly kind: 'leave'; readonly partner: string; readonly leftOn: CalendarDate; readonly reason?: string }
  | { readonly kind: 'record-meeting'; readonly meeting: Met; readonly today: CalendarDate }
  | { readonly kind: 'follow-up'; readonly followUp: FollowUp; readonly today: CalendarDate }
  | { readonly kind: 'review-platform'; readonly review: Review; readonly today: CalendarDate };

/** What these decisions look at of an action. */
export interface Partnership {
  readonly programme: string;
  readonly action: string;
  readonly carriers: readonly { readonly code: string }[];
  readonly partners?: readonly Partner[];
  readonly meetings?: readonly Meeting[];
  readonly platforms: readonly string[];
  readonly reviews?: readonly Review[];
}

/** Who takes part in an action, what its committee decided, and what became of both. Source: bilan 2007-2013, sections 1 and 5. */
export function decidePartnership(command: PartnershipCommand, state: Partnership): Decision {
  const { programme, action, partners = [], meetings = [], platforms, reviews = [] } = state;
  const keys = { programme, action };
  switch (command.kind) {
    case 'join': {
      const known = partners.find((p) => p.partner === command.partner.partner);
      if (known && isDeepStrictEqual({ ...known }, { ...command.partner })) return ok([]);
      return ok([{ type: 'fr.gpect.enrolment.action-partner-joined.v1', data: { ...keys, ...command.partner } }]);
    }
    case 'leave': {
      const { partner, leftOn, reason } = command;
      if (!partners.some((p) => p.partner === partner))
        return fail(unknown('partner', partner, `no partner of the action; there are ${listed(partners, 'partner')}`));
      return ok([
        {
          type: 'fr.gpect.enrolment.action-partner-left.v1',
          data: { ...keys, partner, leftOn, ...(reason ? { reason } : {}) },
        },
      ]);
    }
    case 'record-meeting':
      return recordMeeting(command.meeting, command.today, state);
    case 'follow-up': {
      const { followUp, today } = command;
      const meeting = meetings.find((m) => m.meeting === followUp.meeting);
      if (!meeting) return fail(unknown('meeting', followUp.meeting, 'no such meeting was recorded'));
      const decision = meeting.decisions.find((d) => d.decision === followUp.decision);
      if (!decision)
        return fail(
          unknown('decision', followUp.decision, `the meeting decided ${listed(meeting.decisions, 'decision')}`),
        );
      const { meeting: _m, decision: _d, ...said } = followUp;
      if (isDeepStrictEqual(decision.followUps?.at(-1), said)) return ok([]);
      if (followUp.on > today) return fail(inFuture('on', followUp.on, 'say what has become of it'));
      if (followUp.on < meeting.heldOn) return fail(tooEarly('on', followUp.on, `the meeting of ${meeting.heldOn}`));
      return ok([{ type: 'fr.gpect.enrolment.committee-decision-followed-up.v1', data: { ...keys, ...followUp } }]);
    }
    case 'review-platform': {
      const { review, today } = command;
      if (!platforms.includes(review.name))
        return fail(unknown('platform', review.name, `the action established ${platforms.join(', ') || 'none'}`));
      if (reviews.some((r) => isDeepStrictEqual({ ...r }, { ...review }))) return ok([]);
      if (review.reviewedOn > today) return fail(inFuture('reviewedOn', review.reviewedOn, 'say what was seen'));
      return ok([{ type: 'fr.gpect.enrolment.platform-reviewed.v1', data: { ...keys, ...review } }]);
    }
    default:
      return unreachable(command satisfies never);
  }
}

function recordMeeting(meeting: Met, today: CalendarDate, state: Partnership): Decision {
  const { programme, action, carriers, partners = [], meetings = [] } = state;
  const known = meetings.find((m) => m.meeting === meeting.meeting);
  if (known && isDeepStrictEqual(asRecorded(known), meeting)) return ok([]);
  if (known)
    return fail({
      code: 'meeting_differs',
      kind: 'transition',
      field: 'meeting',
      state: 'RECORDED',
      allowed: ['follow-up'],
      detail: `meeting ${meeting.meeting} of ${known.heldOn} was recorded otherwise; give a new meeting its own number`,
    });
  if (meeting.heldOn > today) return fail(inFuture('heldOn', meeting.heldOn, 'record a meeting once it was held'));
  const codes = new Set([...carriers.map((c) => c.code), ...partners.map((p) => p.partner)]);
  const stranger = meeting.attendees.find((code) => !codes.has(code));
  if (stranger)
    return fail(unknown('attendees', stranger, `neither carrier nor partner of the action (${[...codes].join(', ')})`));
  if (new Set(meeting.decisions.map((d) => d.decision)).size < meeting.decisions.length)
    return fail({
      code: 'decision_twice',
      kind: 'rule',
      field: 'decisions',
      detail: 'a number of decision is used twice; give each its own',
    });
  return ok([{ type: 'fr.gpect.enrolment.steering-committee-met.v1', data: { programme, action, ...meeting } }]);
}

function asRecorded({ decisions, ...meeting }: Meeting): Met {
  return { ...meeting, decisions: decisions.map(({ followUps: _followUps, ...decision }) => decision) };
}

function unknown(field: string, value: string, detail: string): Refusal {
  return { code: `${field}_unknown`, kind: 'unknown', field, value, detail: `${value}: ${detail}` };
}

function listed<T>(items: readonly T[], name: keyof T): string {
  return items.map((item) => String(item[name])).join(', ') || 'none';
}

/** The meetings once one of their decisions was followed up. */
export function withFollowUp(meetings: readonly Meeting[], { meeting, decision, ...said }: FollowUp): Meeting[] {
  return meetings.map((m) =>
    m.meeting === meeting
      ? {
          ...m,
          decisions: m.decisions.map((d) =>
            d.decision === decision ? { ...d, followUps: [...(d.followUps ?? []), said] } : d,
          ),
        }
      : m,
  );
}
