import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { saidByRecords } from '../../test/said.js';
import { figure } from './cooperation.js';

const assessed = (moment: 'START' | 'END', assessedOn: string, intensities: number[]) =>
  event('evaluation.cooperation-assessed', {
    moment,
    assessedOn,
    links: intensities.map((intensity, i) => ({ from: 'a', to: `b${i}`, intensity })),
  });

test('pairs that act or decide together are told at both moments, and the last ones are the figure', () => {
  const events = [assessed('START', '2008-02-04', [0, 3, 2]), assessed('END', '2009-12-01', [4, 3, 2, 3])];
  expect(saidByRecords(figure, 'actions', events)).toEqual([
    ['cooperation:start:together', '2008-02-04', 1],
    ['cooperation:start:pairs', '2008-02-04', 3],
    ['cooperation:end:together', '2009-12-01', 3],
    ['cooperation:end:pairs', '2009-12-01', 4],
    ['cooperation', '2008-02-04', 1],
    ['cooperation', '2009-12-01', 2],
  ]);
});
