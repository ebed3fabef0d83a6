import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './abandoned.js';

const agreement = event('enrolment.firm-enrolled', { enrolledOn: '2008-02-01' });

test('a firm left on its day', () => {
  const left = event('enrolment.firm-abandoned', { abandonedOn: '2008-09-01', reasonKind: undefined as never });
  expect(saidOf(figure, [agreement, left])).toEqual([['abandoned', '2008-09-01', 1]]);
});

test('a departure without its day counts from the agreement', () => {
  const left = event('enrolment.firm-abandoned', { abandonedOn: undefined as never, reasonKind: undefined as never });
  expect(saidOf(figure, [left, agreement])).toEqual([['abandoned', '2008-02-01', 1]]);
});

test('and with its reason, where it is one of the list', () => {
  const said = event('enrolment.firm-abandoned', { abandonedOn: '2009-03-02', reasonKind: 'CLOSURE' });
  expect(saidOf(figure, [said])).toEqual([
    ['abandoned', '2009-03-02', 1],
    ['abandoned:CLOSURE', '2009-03-02', 1],
  ]);
});
