import { AUDIENCE_TYPES, examplesOf } from '@gpect/contracts/event-contracts';
import type { Partner } from '@gpect/partner-events/partner';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { expect, test } from '@jest/globals';
import { concerned } from './concerned.js';
import { type Involved, LEARNT_FROM, learnt } from './facts.js';

const PROGRAMME = 'npdc-2007-2013';
const event = (type: string, data: object = {}): RecordedEvent =>
  ({
    type,
    data: { ...(examplesOf(type as never)[0] as object), ...data },
    id: '1',
    source: '/services/x',
    subject: 's',
    time: '',
    sequence: 1,
  }) as unknown as RecordedEvent;
const partner = (code: string, acts: Partner['acts'], more: Partial<Partner> = {}): Partner => ({
  partner: code,
  name: code,
  kind: 'OTHER',
  acts,
  doors: ['HTTP'],
  sends: [],
  programmes: [PROGRAMME],
  ...more,
});
const codesOf = (partners: readonly Partner[]) => partners.map((p) => p.partner);
const at = { programme: PROGRAMME, action: 'avesnes' };
const siret = '00001002500013';

/** What is known after these events. */
function after(...events: RecordedEvent[]): Map<string, Involved> {
  const known = new Map<string, Involved>();
  for (const one of events) {
    const now = learnt(one, known);
    if (now) known.set(now._id, now);
  }
  return known;
}
const launched = event('fr.gpect.enrolment.collective-action-launched.v1', {
  ...at,
  carriers: [{ code: 'cci', name: 'CCI' }],
});
const joined = (code: string, roles: string[]) =>
  event('fr.gpect.enrolment.action-partner-joined.v1', { ...at, partner: code, roles });
const detected = event('fr.gpect.enrolment.firm-detected.v1', { ...at, siret, detectedBy: 'mde' });
const staffed = event('fr.gpect.consulting.assignment-staffed.v1', { ...at, siret, consultant: 'C1' });
const known = after(launched, joined('mde', ['DETECTION']), joined('medef', ['CO_PILOT']), detected, staffed);
const PARTNERS = [
  partner('cci', { carrier: ['cci'] }),
  partner('autre-cci', { carrier: ['autre'] }),
  partner('mde', { partner: ['mde'] }),
  partner('medef', { partner: ['medef'] }),
  partner('cabinet', { consultant: ['C1'] }),
  partner('opca-a', { funder: ['opca-a'] }),
  partner('aract', { evaluator: true }),
  partner('ailleurs', { carrier: ['cci'] }, { programmes: ['autre'] }),
  partner('sobre', { carrier: ['cci'] }, { receives: ['fr.gpect.enrolment.firm-enrolled.v1'] }),
];

test.each<[string, object, string[]]>([
  ['fr.gpect.enrolment.firm-enrolled.v1', { ...at, siret }, ['cci', 'mde', 'sobre']],
  ['fr.gpect.enrolment.steering-committee-met.v1', at, ['cci', 'mde', 'medef']],
  ['fr.gpect.consulting.session-recorded.v1', { ...at, siret }, ['cci', 'cabinet']],
  ['fr.gpect.training-spend.spend-lines-recorded.v1', { programme: PROGRAMME, funder: 'opca-a' }, ['opca-a']],
  ['fr.gpect.evaluation.survey-requested.v1', { ...at, siret }, ['aract']],
  ['fr.gpect.evaluation.survey-answered.v1', { ...at, siret }, []],
  ['fr.gpect.enrolment.firm-enrolled.v1', { ...at, action: 'lens', siret: '00001003300025' }, []],
  ['fr.gpect.workshops.attendance-recorded.v1', { programme: PROGRAMME, siret }, ['cci']],
])('%s concerns those who have part in it, and want it', (type, data, expected) => {
  expect(codesOf(concerned(event(type, data), known, PARTNERS))).toEqual(expected);
});

test('who has left an action hears no more of it', () => {
  const left = after(
    launched,
    joined('medef', ['CO_PILOT']),
    event('fr.gpect.enrolment.action-partner-left.v1', { ...at, partner: 'medef' }),
  );
  expect(codesOf(concerned(event('fr.gpect.enrolment.steering-committee-met.v1', at), left, PARTNERS))).toEqual([
    'cci',
  ]);
});

test('all that is learnt is learnt from these events', () => {
  const learning = AUDIENCE_TYPES.filter((type) => learnt(event(type), new Map()) !== undefined);
  expect(new Set(learning)).toEqual(LEARNT_FROM);
});
