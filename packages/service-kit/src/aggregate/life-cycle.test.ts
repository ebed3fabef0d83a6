import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { fail, ok } from '@gpect/domain-values/result';
import { describe, expect, test } from '@jest/globals';
import { LifeCycle } from './life-cycle.js';
import { saidOtherwise } from './refusals.js';

type Status = 'NEW' | 'OPEN' | 'CLOSED';
interface State {
  readonly status: Status;
  readonly note?: string;
}
type Command = { kind: 'open' } | { kind: 'note'; note: string } | { kind: 'close' } | { kind: 'wake' };

const TYPE = 'fr.gpect.enrolment.firm-declined.v1';
const data = examplesOf(TYPE)[0] as EventDataByType[typeof TYPE];
const done = (reason: string) => ok([{ type: TYPE, data: { ...data, reason } } as const]);

const life = new LifeCycle<'enrolment/firm case', State, Command>('thing', {
  open: { in: ['NEW'], decide: () => done('opened') },
  note: {
    in: ['OPEN'],
    known: (command, { note }) => {
      if (note === undefined) return undefined;
      return note === command.note ? ok([]) : fail(saidOtherwise('note', note));
    },
    decide: ({ note }) => done(note),
  },
  close: {
    in: ['OPEN'],
    decide: () => done('closed'),
    sentence: () => 'it is not open',
  },
  wake: { in: ['OPEN'], isPassedOver: true, decide: () => done('woken') },
});

describe('a command', () => {
  test('is decided in the states that it names, and in no other', () => {
    expect(life.decide({ kind: 'open' }, { status: 'NEW' })).toEqual(done('opened'));
    for (const status of ['OPEN', 'CLOSED'] as const)
      expect(life.decide({ kind: 'open' }, { status })).toMatchObject({
        ok: false,
        fault: { code: 'transition_forbidden', kind: 'transition', state: status, allowed: life.allowed(status) },
      });
  });
  test('whose effect is there causes nothing in any state, and is refused where it was said otherwise', () => {
    for (const status of ['NEW', 'OPEN', 'CLOSED'] as const) {
      expect(life.decide({ kind: 'note', note: 'a' }, { status, note: 'a' })).toEqual(ok([]));
      expect(life.decide({ kind: 'note', note: 'b' }, { status, note: 'a' })).toMatchObject({
        fault: { code: 'note_differs', state: status, allowed: life.allowed(status) },
      });
    }
    expect(life.decide({ kind: 'note', note: 'a' }, { status: 'OPEN' })).toEqual(done('a'));
  });
  test('may say in its own words why it is refused; what is possible is said for the state that it is in', () => {
    for (const status of ['NEW', 'CLOSED'] as const)
      expect(life.decide({ kind: 'close' }, { status })).toMatchObject({
        fault: { detail: 'it is not open', state: status, allowed: life.allowed(status) },
      });
  });
  test('of an event or a day is passed over where the state has no place for it', () => {
    expect(life.decide({ kind: 'wake' }, { status: 'OPEN' })).toEqual(done('woken'));
    expect(life.decide({ kind: 'wake' }, { status: 'CLOSED' })).toEqual(ok([]));
  });
});

test('a state that does not say its status has one made of it, which decides', () => {
  const statusOf = ({ closedOn }: { readonly closedOn?: string }) => (closedOn ? 'CLOSED' : 'OPEN');
  const endpoint = new LifeCycle<
    'enrolment/firm case',
    { readonly closedOn?: string },
    { readonly kind: 'close' },
    ReturnType<typeof statusOf>
  >('thing', { close: { in: ['OPEN'], decide: () => done('closed') } }, statusOf);
  expect(endpoint.decide({ kind: 'close' }, {})).toEqual(done('closed'));
  expect(endpoint.decide({ kind: 'close' }, { closedOn: '2008-01-01' })).toMatchObject({
    fault: { state: 'CLOSED', allowed: [] },
  });
});

test('a decision that refuses a transition says its own state, or that of the life cycle', () => {
  const refusing = (own: object) =>
    new LifeCycle<'enrolment/firm case', State, { readonly kind: 'open' }>('thing', {
      open: {
        in: ['NEW'],
        decide: () => fail({ code: 'no', kind: 'transition', detail: 'of a part', ...own }),
      },
    }).decide({ kind: 'open' }, { status: 'NEW' });
  expect(refusing({})).toMatchObject({ fault: { state: 'NEW', allowed: ['open'] } });
  expect(refusing({ state: 'PART' })).toMatchObject({ fault: { state: 'PART', allowed: ['open'] } });
});

test('what is possible in a state is what can be asked there', () => {
  expect([life.allowed('NEW'), life.allowed('OPEN'), life.allowed('CLOSED')]).toEqual([
    ['open'],
    ['note', 'close'],
    [],
  ]);
});
