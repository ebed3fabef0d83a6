import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import { type Closure, establishment, type RecordClosure } from './establishment.js';

const [OLD, NEW] = ['00001002500013', '00001002500021'];
const moved = (more: Partial<Closure> = {}): RecordClosure => ({
  kind: 'record-closure',
  closure: { siret: OLD, on: '2010-03-31', successor: NEW, ...more },
  today: '2014-06-30',
});
const { said: after } = scenarioOf(establishment);

test('an establishment moves; the same again causes nothing, another day or successor is said anew', () => {
  const other = '00001002500039';
  expect(after(moved(), moved(), moved({ on: '2010-04-01' }), moved({ on: '2010-04-01', successor: other }))).toEqual([
    { siret: OLD, on: '2010-03-31', successor: NEW },
    { siret: OLD, on: '2010-04-01', successor: NEW },
    { siret: OLD, on: '2010-04-01', successor: other },
  ]);
});

test.each<[string, RecordClosure, string]>([
  ['a closure of tomorrow', moved({ on: '2014-07-01' }), 'date_in_future'],
  ['one that goes on as itself', moved({ successor: OLD }), 'succeeds_itself'],
])('refuses %s', (_what, command, code) => {
  expect(after(command)).toBe(code);
});
