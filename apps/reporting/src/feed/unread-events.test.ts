import { EVENT_TYPES, type EventType } from '@gpect/contracts/event-contracts';
import { expect, test } from '@jest/globals';
import { KEEPERS } from './keepers.js';

/**
 * Events of which reporting keeps nothing, each with the reason why no figure, list or warning needs it. An event that is
 * recorded and reaches no reader is a fault: a new one is read by a keeper, or stands here with its reason.
 */
const UNREAD: Readonly<Record<string, string>> = {
  'consulting.assignment-closed.v1': 'follows from firm-completed or firm-abandoned, which are counted',
  'consulting.assignment-opened.v1': 'follows from firm-enrolled, which is counted',
  'consulting.assignment-resumed.v1': 'follows from firm-resumed',
  'consulting.assignment-staffed.v1': 'names a consultant: who works where is for carriers, in consulting',
  'consulting.assignment-suspended.v1': 'follows from firm-suspended, which is counted',
  'consulting.consultant-charter-signed.v1': 'names a consultant: a condition of being staffed, held by consulting',
  'consulting.consultant-registered.v1': 'names a consultant: what consulting proposes from',
  'consulting.consultant-withdrawn.v1': 'names a consultant: what consulting proposes from',
  'consulting.consultants-firm-registered.v1': 'names a consultants’ firm: what consulting proposes from',
  'enrolment.maturity-grid-published.v1': 'a rule: what comes of it is counted (qualified, notMature)',
  'evaluation.survey-naming-agreed.v1': 'whether evaluators may see a name: held by evaluation, which shows it',
  'evaluation.survey-reminder-due.v1': 'a reminder to a partner: what comes of it is an answer, which is counted',
  'evaluation.survey-requested.v1': 'that a firm was asked: evaluation; answers are counted',
  'partner-gateway.contract-deprecated.v1': 'between the product and partners’ programs',
  'partner-gateway.partner-declared.v1': 'between the product and partners’ programs',
  'partner-gateway.partner-withdrawn.v1': 'between the product and partners’ programs',
  'training-spend.dialect-published.v1': 'how a funder’s files are read; their lines are counted',
  'training-spend.spend-file-rejected.v1': 'nothing of the file was taken; its sender is told, in training-spend',
  'workshops.participant-registered.v1': 'names a person: who came is counted once it is known',
  'workshops.participant-seated.v1': 'names a person: who came is counted once it is known',
  'workshops.participant-withdrew.v1': 'names a person: who came is counted once it is known',
  'workshops.workshop-cancelled.v1': 'only workshops that were held are counted',
  'workshops.workshop-programme-agreed.v1': 'what managers agreed on; workshops count once they are held',
  'workshops.workshop-proposal-voted.v1': 'a vote of a person; workshops count once they are held',
  'workshops.workshop-proposed.v1': 'a proposal; workshops count once they are held',
  'workshops.workshop-reminder-due.v1': 'a reminder to a partner',
  'workshops.workshop-scheduled.v1': 'a plan; workshops count once they are held',
};

const nameOf = (type: EventType): string => type.replace('fr.gpect.', '');
const read = new Set(KEEPERS.flatMap(({ types }) => types));

const isLater = (a: EventType, b: EventType): boolean => {
  const [[of, version], [ofB, versionB]] = [a.split(/\.v(?=\d+$)/), b.split(/\.v(?=\d+$)/)];
  return of === ofB && Number(version) > Number(versionB);
};

/** Services know the newest version of an event alone. */
const newest = new Set(EVENT_TYPES.filter((type) => !EVENT_TYPES.some((other) => isLater(other, type))));

/** What partners send becomes commands of services, whose events are counted. */
const isOfPartners = (type: EventType): boolean => type.startsWith('fr.gpect.partner.');

test('every event is read by reporting, or it stands here why not', () => {
  const unread = [...newest].filter((type) => !read.has(type) && !isOfPartners(type)).map(nameOf);
  expect(unread.filter((name) => !(name in UNREAD))).toEqual([]);
});

test('nothing stands here that is read, or that is no event', () => {
  const all = new Map(EVENT_TYPES.map((type) => [nameOf(type), read.has(type)]));
  expect(Object.keys(UNREAD).filter((name) => all.get(name) !== false)).toEqual([]);
});
