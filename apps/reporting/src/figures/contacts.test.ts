import { expect, test } from '@jest/globals';
import { event, SIRET } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './contacts.js';

test('each contact counts on its day, with what came of it', () => {
  const contact = (number: string, on: string, outcome: 'INTERESTED' | 'NOT_REACHED') =>
    ({
      ...event('enrolment.firm-contacted'),
      type: 'fr.gpect.enrolment.firm-contacted.v2',
      data: { programme: 'p', siret: SIRET, contact: number, on, outcome },
    }) as never;
  expect(saidOf(figure, [contact('1', '2008-03-20', 'NOT_REACHED'), contact('2', '2008-03-27', 'INTERESTED')])).toEqual(
    [
      ['contacts', '2008-03-20', 1],
      ['contacts:NOT_REACHED', '2008-03-20', 1],
      ['contacts', '2008-03-27', 1],
      ['contacts:INTERESTED', '2008-03-27', 1],
    ],
  );
});
