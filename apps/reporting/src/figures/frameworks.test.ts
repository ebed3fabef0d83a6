import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './frameworks.js';

test('each version of the framework counts from its publication on', () => {
  const published = (version: number, publishedOn: string) =>
    event('consulting.shared-framework-published', { version, publishedOn });
  const events = [published(1, '2010-01-04'), published(2, '2011-01-03'), published(1, '2010-01-04')];
  expect(saidByRecords(figure, 'programmes', events)).toEqual([
    ['frameworks', '2010-01-04', 1],
    ['frameworks', '2011-01-03', 1],
  ]);
});
