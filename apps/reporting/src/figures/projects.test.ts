import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './projects.js';

const submitted = event('enrolment.project-submitted', { submittedOn: '2010-03-15' });
const decided = (decidedFor: 'STATE' | 'REGION', decidedOn: string, outcome: 'SUBMITTED' | 'SELECTED') =>
  event('enrolment.project-decided', { decidedFor, decidedOn, outcome });

test('a project counts from its submission on, and as selected once both accepted it', () => {
  expect(saidByRecords(figure, 'projects', [submitted, decided('STATE', '2010-04-02', 'SUBMITTED')])).toEqual([
    ['projects', '2010-03-15', 1],
  ]);
  const both = [submitted, decided('STATE', '2010-04-02', 'SUBMITTED'), decided('REGION', '2010-04-09', 'SELECTED')];
  expect(saidByRecords(figure, 'projects', both)).toEqual([
    ['projects', '2010-03-15', 1],
    ['projects:SELECTED', '2010-04-09', 1],
  ]);
});
