import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './opca-contacts.js';

test('a contact with a funder counts once under its reference', () => {
  const contact = (reference: string) =>
    event('training-spend.opca-contact-recorded', { funder: 'opca-a', reference, on: '2010-03-02', kind: 'VISIT' });
  expect(saidOf(figure, [contact('C1'), contact('C1')])).toEqual([
    ['opcaContacts', '2010-03-02', 1],
    ['opcaContacts:VISIT', '2010-03-02', 1],
  ]);
});
