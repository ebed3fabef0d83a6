import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidOf } from '../../test/said.js';
import { figure } from './issues.js';

test('an issue counts once a theme, under it', () => {
  const noted = (theme: 'skills' | 'wear_prevention', notedOn: string) =>
    event('enrolment.firm-issue-noted', { theme, notedOn });
  expect(
    saidOf(figure, [
      noted('skills', '2008-04-02'),
      noted('wear_prevention', '2008-04-02'),
      noted('skills', '2008-05-05'),
    ]),
  ).toEqual([
    ['issues', '2008-05-05', 1, 'skills'],
    ['issues', '2008-04-02', 1, 'wear_prevention'],
  ]);
});
