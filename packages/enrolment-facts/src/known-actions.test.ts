import { examplesOf } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { expect, test } from '@jest/globals';
import { ACTION_TYPES, actionsOf } from './known-actions.js';

const [LAUNCHED] = ACTION_TYPES;

test('an action that is launched is kept under its programme and code, with the codes of its carriers', () => {
  const data = { ...(examplesOf(LAUNCHED)[0] as object), programme: 'npdc-2007-2013', action: 'avesnes' };
  const carriers = [
    { code: 'cci-artois', name: 'CCI Artois' },
    { code: 'medef', name: 'MEDEF' },
  ];
  expect(actionsOf({ type: LAUNCHED, data: { ...data, carriers } } as unknown as RecordedEvent)).toEqual([
    { _id: 'npdc-2007-2013/avesnes', carriers: ['cci-artois', 'medef'] },
  ]);
});

test('other events say nothing of actions', () => {
  expect(actionsOf({ type: 'fr.gpect.enrolment.firm-enrolled.v1' } as RecordedEvent)).toEqual([]);
});
