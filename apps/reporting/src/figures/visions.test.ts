import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { documentsOf } from '../../test/said.js';
import { visionsOf } from '../bilan/territory.js';
import type { ActionDocument } from '../facts/documents.js';
import { figure } from './visions.js';

const adopted = (version: number, adoptedOn: string) =>
  event(
    'enrolment.territory-vision-adopted',
    { version, adoptedOn, vision: `V${version}`, firms: 12, issues: [] },
    version,
  );
const actions = documentsOf(figure, [adopted(10, '2009-05-15'), adopted(9, '2008-05-15')]).of<ActionDocument>(
  'actions',
);

test('the last version of the vision of an action counts, whichever is read last', () => {
  expect(visionsOf(actions, undefined).map(({ vision }) => vision)).toEqual(['V10']);
});

test('up to a day, the last one that was adopted by then; none before the first', () => {
  expect(visionsOf(actions, '2008-12-31').map(({ vision }) => vision)).toEqual(['V9']);
  expect(visionsOf(actions, '2008-01-01')).toEqual([]);
});
