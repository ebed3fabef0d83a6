import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './declined.js';

const detection = event('enrolment.firm-detected', { detectedOn: '2008-01-05' });

test('a firm that would not sign declined on its day', () => {
  const declined = event('enrolment.firm-declined', { declinedOn: '2008-03-01', reasonKind: undefined as never });
  expect(saidOf(figure, [detection, declined])).toEqual([['declined', '2008-03-01', 1]]);
});

test('a refusal without its day counts from the detection', () => {
  const declined = event('enrolment.firm-declined', { declinedOn: undefined as never, reasonKind: undefined as never });
  expect(saidOf(figure, [detection, declined])).toEqual([['declined', '2008-01-05', 1]]);
});

test('and with its reason, where it is one of the list', () => {
  const said = event('enrolment.firm-declined', { declinedOn: '2009-03-02', reasonKind: 'CLOSURE' });
  expect(saidOf(figure, [said])).toEqual([
    ['declined', '2009-03-02', 1],
    ['declined:CLOSURE', '2009-03-02', 1],
  ]);
});
