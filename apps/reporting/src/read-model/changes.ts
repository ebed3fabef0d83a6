import type { EventType } from '@gpect/contracts/event-contracts';
import { later } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { dictionary } from '@gpect/domain-values/records';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import type { CollectionName } from './documents.js';

/** What an event changes in one document. Changes commute, so the order of topics does not matter. */
export interface Change {
  readonly collection: CollectionName;
  readonly id: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly toSet?: Readonly<Record<string, unknown>>;
  /** The latest day. */
  readonly latest?: Readonly<Record<string, string>>;
}

type FirmKeys = {
  readonly programme: string;
  readonly siret: string;
  readonly action?: string;
  readonly basin?: string;
};

function firm({ programme, siret, action, basin }: FirmKeys, set: Change['set'], add?: Change['add']): Change[] {
  const where = { ...(action ? { action } : {}), ...(basin ? { basin } : {}) };
  return [
    {
      collection: 'firms',
      id: inProgramme(programme, siret),
      set: { programme, siret, ...where, ...set },
      ...(add ? { add } : {}),
    },
  ];
}

function actionChange(programme: string, action: string, set: Change['set'], latest?: Change['latest']): Change[] {
  return [
    {
      collection: 'actions',
      id: inProgramme(programme, action),
      set: { programme, action, ...set },
      ...(latest ? { latest } : {}),
    },
  ];
}

interface Spent {
  readonly siret: string;
  readonly paidOn: string;
  readonly scheme: string;
  readonly amountCents: number;
}

function spend({ programme, funder }: { programme: string; funder: string }, spent: Spent, sign: 1 | -1): Change[] {
  const cell = `spend.${spent.paidOn}.${fieldName(funder)}.${fieldName(spent.scheme)}`;
  const add = { [cell]: sign * spent.amountCents, [`spendLines.${spent.paidOn}`]: sign };
  return firm({ programme, siret: spent.siret }, {}, add);
}

interface Held {
  readonly heldOn: string;
  readonly halfDays: number;
  /** Absent of what a session was before, in events from before 2026-11-24. */
  readonly stage?: string;
  readonly participants: readonly string[];
}

/** Where a session's stage was not told: what is taken back there still adds up. */
const NO_STAGE = 'NONE';

function session(keys: FirmKeys, { heldOn, halfDays, stage, participants }: Held, sign: 1 | -1): Change[] {
  const day = `sessions.${heldOn}`;
  const took = participants.map(
    (group) => [`${day}.at.${fieldName(stage ?? NO_STAGE)}.${fieldName(group)}`, sign] as const,
  );
  return firm(
    keys,
    {},
    { [`${day}.sessions`]: sign, [`${day}.halfDays`]: sign * halfDays, ...Object.fromEntries(took) },
  );
}

/** A file read again or withdrawn: what was said of its refusals up to here no longer holds. */
function restart(programme: string, subject: string, sequence: number): Change[] {
  return [{ collection: 'spendFiles', id: subject, set: { programme }, toSet: { restarts: sequence } }];
}

/** Intensity from which two actors act together, or decide together. */
const ACT_TOGETHER = 3;

type Projected = { readonly [T in EventType]?: (event: RecordedEvent<T>) => Change[] };

/** Every event that the bilan counts, and what it changes. */
const PROJECTED: Projected = {
  'fr.gpect.enrolment.programme-opened.v1': ({
    data: { programme, name, opensOn, closesOn, targetHeadcount, basins },
  }) => [
    {
      collection: 'programmes',
      id: programme,
      set: {
        name,
        opensOn,
        closesOn,
        targetHeadcount,
        basins: basins.map((b) => b.code),
        basinNames: Object.fromEntries(basins.map((b) => [b.code, b.name])),
      },
    },
  ],
  'fr.gpect.enrolment.collective-action-launched.v1': ({ data }) => [
    { collection: 'actions', id: inProgramme(data.programme, data.action), set: data },
  ],
  'fr.gpect.enrolment.collective-action-phases-planned.v1': ({ data: { programme, action, phases } }) =>
    actionChange(programme, action, { plan: phases }),
  'fr.gpect.enrolment.collective-action-phase-started.v1': ({ data: { programme, action, phase, startedOn } }) =>
    actionChange(programme, action, { [`phasesStarted.${fieldName(phase)}`]: startedOn }),
  'fr.gpect.enrolment.action-partner-joined.v1': ({ data: { programme, action, partner, name, since } }) =>
    actionChange(programme, action, { [`partners.${fieldName(partner)}`]: { name, since } }),
  'fr.gpect.enrolment.action-partner-left.v1': ({ data: { programme, action, partner } }) =>
    actionChange(programme, action, { [`partners.${fieldName(partner)}.left`]: true }),
  'fr.gpect.enrolment.steering-committee-met.v1': ({ data: { programme, action, heldOn, attendees } }) =>
    actionChange(
      programme,
      action,
      {},
      Object.fromEntries(attendees.map((code) => [`seen.${fieldName(code)}`, heldOn])),
    ),
  'fr.gpect.enrolment.territory-vision-adopted.v1': ({ data: { programme, action, version, ...adopted } }) =>
    actionChange(programme, action, { [`visions.${version}`]: adopted }),
  'fr.gpect.consulting.practice-exchange-held.v1': ({ data: { programme, exchange, heldOn, consultants } }) => [
    {
      collection: 'exchanges',
      id: inProgramme(programme, exchange),
      set: { programme, heldOn, consultants },
    },
  ],
  'fr.gpect.enrolment.firm-case-merged.v1': ({ data }) => firm(data, { mergedInto: data.into }),
  'fr.gpect.enrolment.firm-suspended.v1': ({ data }) => firm(data, { suspended: true }),
  'fr.gpect.enrolment.firm-resumed.v1': ({ data }) => firm(data, { suspended: false }),
  'fr.gpect.consulting.half-days-budgeted.v1': ({ data }) => firm(data, { budget: data.halfDays }),
  'fr.gpect.enrolment.platform-established.v1': ({ data: { programme, action, name } }) => [
    {
      collection: 'actions',
      id: inProgramme(programme, action),
      set: { programme, action },
      toSet: { platforms: name },
    },
  ],
  'fr.gpect.enrolment.firm-detected.v1': ({ data }) =>
    firm(data, {
      name: data.name,
      naf: data.naf,
      headcount: data.headcount,
      detectedOn: data.detectedOn,
      source: data.source,
    }),
  'fr.gpect.enrolment.firm-qualified.v1': ({ data }) => firm(data, { qualified: data.qualifiedOn ?? '' }),
  'fr.gpect.enrolment.firm-found-not-mature.v1': ({ data }) => firm(data, { notMature: data.qualifiedOn ?? '' }),
  'fr.gpect.enrolment.firm-found-ineligible.v1': ({ data }) => firm(data, { ineligible: data.qualifiedOn ?? '' }),
  'fr.gpect.enrolment.firm-declined.v1': ({ data }) => firm(data, { declined: data.declinedOn ?? '' }),
  'fr.gpect.enrolment.firm-enrolled.v1': ({ data }) => firm(data, { enrolledOn: data.enrolledOn }),
  'fr.gpect.enrolment.firm-completed.v1': ({ data }) => firm(data, { completedOn: data.completedOn }),
  'fr.gpect.enrolment.firm-abandoned.v1': ({ data }) => firm(data, { abandoned: data.abandonedOn ?? '' }),
  'fr.gpect.consulting.session-recorded.v1': ({ data }) => session(data, data, 1),
  'fr.gpect.consulting.session-corrected.v1': ({ data }) => [...session(data, data.was, -1), ...session(data, data, 1)],
  'fr.gpect.consulting.session-cancelled.v1': ({ data }) => session(data, data.was, -1),
  'fr.gpect.consulting.action-plan-agreed.v1': ({ data }) =>
    firm(data, Object.fromEntries(data.items.map((item) => [`plan.${fieldName(item.item)}.agreedOn`, data.agreedOn]))),
  'fr.gpect.consulting.action-plan-item-progressed.v1': ({ data }) =>
    firm(data, { [`plan.${fieldName(data.item)}.status`]: data.status, [`plan.${fieldName(data.item)}.on`]: data.on }),
  'fr.gpect.workshops.workshop-held.v1': ({ data: { programme, action, workshop, heldOn } }) => [
    { collection: 'workshops', id: inProgramme(programme, workshop), set: { programme, action, heldOn } },
  ],
  'fr.gpect.workshops.attendance-recorded.v1': ({ data: { programme, siret, heldOn, attendance } }) =>
    firm(
      { programme, siret },
      {},
      { [`workshops.${heldOn}.invited`]: 1, [`workshops.${heldOn}.attended`]: attendance === 'PRESENT' ? 1 : 0 },
    ),
  'fr.gpect.training-spend.spend-recorded.v1': ({ data }) => spend(data, data, 1),
  'fr.gpect.training-spend.spend-cancelled.v1': ({ data }) => spend(data, data, -1),
  'fr.gpect.training-spend.spend-lines-recorded.v1': ({ data }) => data.lines.flatMap((line) => spend(data, line, 1)),
  'fr.gpect.training-spend.spend-lines-corrected.v1': ({ data }) =>
    data.lines.flatMap((line) => [...spend(data, line.was, -1), ...spend(data, line, 1)]),
  'fr.gpect.training-spend.spend-lines-cancelled.v1': ({ data }) => data.lines.flatMap((line) => spend(data, line, -1)),
  'fr.gpect.training-spend.spend-file-reopened.v1': ({ data, subject, sequence }) =>
    restart(data.programme, subject, sequence),
  'fr.gpect.training-spend.spend-file-withdrawn.v1': ({ data, subject, sequence }) =>
    restart(data.programme, subject, sequence),
  'fr.gpect.training-spend.establishment-closed.v1': ({ data: { siret, successor } }) =>
    successor ? [{ collection: 'moves', id: siret, set: { successor } }] : [],
  'fr.gpect.training-spend.spend-lines-refused.v1': ({ data: { programme, file, refusals }, subject, sequence }) => [
    {
      collection: 'refusals',
      id: `${subject}/${sequence}`,
      set: { programme, file, of: subject, sequence, lines: refusals.map(({ line, reason }) => ({ line, reason })) },
    },
  ],
  'fr.gpect.evaluation.cooperation-assessed.v1': ({ data: { programme, action, moment, assessedOn, links } }) =>
    actionChange(programme, action, {
      [`cooperation.${moment}`]: {
        assessedOn,
        pairs: links.length,
        together: links.filter((link) => link.intensity >= ACT_TOGETHER).length,
      },
    }),
  'fr.gpect.evaluation.training-practices-surveyed.v1': ({ data: { programme, funder, survey, ...seen } }) => [
    {
      collection: 'practices',
      id: inProgramme(programme, funder, survey),
      set: {
        programme,
        funder,
        surveyedOn: seen.surveyedOn,
        firmsSeen: seen.firmsSeen,
        practices: [...seen.practices, ...(seen.otherPractices ?? [])],
      },
    },
  ],
  'fr.gpect.evaluation.survey-partly-answered.v1': ({ data }) =>
    firm(data, { [`partlyAnswered.${data.wave}`]: { on: data.answeredOn, answers: data.answers } }),
  'fr.gpect.evaluation.survey-answered.v1': ({ data }) =>
    firm(data, {
      [`answers.${data.wave}`]: { on: data.answeredOn, answers: data.answers },
      ...(data.trends ? { trends: data.trends } : {}),
    }),
};

export const PROJECTED_TYPES = Object.keys(PROJECTED) as EventType[];

export function changesOf(event: RecordedEvent): Change[] {
  // The key is the event's own type; the compiler cannot follow that through the map.
  const project = PROJECTED[event.type] as ((event: RecordedEvent) => Change[]) | undefined;
  return project?.(event) ?? [];
}

/** One change a document, however many events of a batch concern it. */
export function merged(changes: readonly Change[]): Change[] {
  const byDocument = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.collection} ${change.id}`;
    const before = byDocument.get(key);
    byDocument.set(key, before ? merge(before, change) : change);
  }
  return [...byDocument.values()];
}

function merge(a: Change, b: Change): Change {
  const add = dictionary(a.add);
  for (const [name, count] of Object.entries(b.add ?? {})) add[name] = (add[name] ?? 0) + count;
  const latest = dictionary(a.latest);
  for (const [name, day] of Object.entries(b.latest ?? {})) latest[name] = later(latest[name] ?? day, day);
  const toSet = { ...a.toSet, ...b.toSet };
  return { collection: a.collection, id: a.id, set: { ...a.set, ...b.set }, add, toSet, latest };
}
