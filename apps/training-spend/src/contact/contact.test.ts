import { examplesOf } from '@gpect/contracts/event-contracts';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import { type Contact, contacts, type RecordContact } from './contact.js';

const [example] = examplesOf('fr.gpect.training-spend.opca-contact-recorded.v1') as readonly Contact[];
const record = (more: Partial<Contact> = {}): RecordContact => ({
  kind: 'record',
  contact: { ...(example as Contact), on: '2010-05-03', ...more },
  today: '2014-06-30',
});
const { after } = scenarioOf(contacts);

test('a contact is recorded once', () => {
  expect(after(record(), record())).toHaveLength(1);
});

test.each<[string, RecordContact[], string]>([
  ['a contact of tomorrow', [record({ on: '2014-07-01' })], 'date_in_future'],
  ['another contact under its reference', [record(), record({ on: '2010-05-04' })], 'reference_differs'],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});
