import { expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
import { estimate } from './spend-against-declined.js';

const PLACE = { section: 'C', size: '10-49' };
const paid = (before: number, after: number) => ({ '2007-03-01': before, '2010-06-01': after });
/** Before is February 2007 to January 2008, after is 2010. */
const accompanied = (id: string, before: number, after: number, place = PLACE) =>
  firmSaid({ id, ...place, enrolled: '2008-02-10', accompanied: '2009-12-20', paid: paid(before, after) });
const declined = (id: string, before: number, after: number, place = PLACE) =>
  firmSaid({ id, ...place, declined: '2008-03-01', paid: paid(before, after) });
const covering = firmSaid({ id: 'z', isDetected: false, paid: { '2007-01-10': 1, '2010-12-20': 1 } });
const ours = [accompanied('a', 100, 220), accompanied('b', 300, 580)];
const theirs = [declined('d', 100, 150), firmSaid({ id: 'e', ...PLACE, notMature: '2008-03-01', paid: paid(100, 90) })];

test('firms that declined or were not mature are looked at in the windows of the accompanied', () => {
  const { n, counts, values, incomplete, groups } = estimate.of(askedOf([...ours, ...theirs, covering]));
  expect({ n, counts, groups, incomplete }).toEqual({
    n: 2,
    counts: { compared: 2, unlike: 0, notCovered: 0, withoutLine: 0 },
    groups: [2, 2],
    incomplete: undefined,
  });
  expect(values['accompanied']?.value).toBeCloseTo(1, 12);
  expect(values['compared']?.value).toBeCloseTo(0.2, 12);
  expect(values['effect']?.value).toBeCloseTo(2 / 1.2 - 1, 12);
  expect(values['difference']?.value).toBeCloseTo(200 - 20, 12);
});

test('each windows counts as often as accompanied firms have it', () => {
  const later = firmSaid({
    id: 'c',
    ...PLACE,
    enrolled: '2008-03-10',
    accompanied: '2009-11-20',
    paid: { '2007-04-01': 100, '2010-06-01': 100 },
  });
  const windows = [
    firmSaid({
      id: 'd',
      ...PLACE,
      declined: '2008-03-01',
      paid: { '2008-02-15': 300, '2007-05-01': 60, '2010-12-05': 30, '2010-05-05': 90 },
    }),
  ];
  const { values } = estimate.of(askedOf([...ours, later, ...windows, ...theirs.slice(1), covering]));
  // Of d: before is 60 for two of three and 360 for one, after 120 for two and 90 for one; of e 100 and 90.
  const [before, after] = [(60 * 2 + 360) / 3, (120 * 2 + 90) / 3];
  expect(values['compared']?.value).toBeCloseTo((after + 90) / (before + 100) - 1, 12);
});

test('sectors and sizes weigh as among the accompanied, and who is like nobody is left out and said', () => {
  const other = { section: 'F', size: '10-49' };
  const firms = [
    ...ours,
    accompanied('c', 100, 100, other),
    accompanied('x', 5, 5, { section: 'M', size: '50-99' }),
    ...theirs,
    declined('f', 100, 50, other),
    declined('g', 7, 7, { section: 'G', size: '0-9' }),
    firmSaid({ id: 'h', ...PLACE, declined: '2008-03-01' }),
    covering,
  ];
  const { n, counts, values } = estimate.of(askedOf(firms));
  expect({ n, counts }).toEqual({ n: 3, counts: { compared: 3, unlike: 1, notCovered: 1, withoutLine: 1 } });
  // Two thirds of the weight on both of section C, a third on the one of section F.
  expect(values['compared']?.value).toBeCloseTo(((2 / 3) * 120 + 50 / 3) / 100 - 1, 12);
});

test('where no sector and size is in common, all are compared with all, and that is said', () => {
  const far = theirs.map((firm) => ({ ...firm, place: { ...firm.place, section: ['G'] } }));
  const { counts, values, incomplete } = estimate.of(askedOf([...ours, ...far, covering]));
  expect(counts?.['compared']).toBe(2);
  expect(values['compared']?.value).toBeCloseTo(0.2, 12);
  expect(incomplete?.reasonFr).toMatch(/^Non ajustée/);
});

test('of firms that no file names, nothing is told, and why', () => {
  const unnamed = [firmSaid({ id: 'd', ...PLACE, declined: '2008-03-01' })];
  const { n, counts, values, incomplete } = estimate.of(askedOf([...ours, ...unnamed, covering]));
  expect([n, counts?.['withoutLine'], values['effect']]).toEqual([0, 1, null]);
  expect(incomplete?.reasonEn).toBe('The funders’ files have no line of a firm that declined or was not mature.');
});

test('a firm of which another case signed is not compared, and one that is known twice counts once', () => {
  const twice = [
    { ...declined('d', 100, 0), firm: 7 },
    { ...firmSaid({ id: 'd2', isDetected: false, paid: { '2010-06-01': 150 } }), firm: 7 },
  ];
  const signed = [
    { ...declined('s', 1, 1), firm: 8 },
    { ...accompanied('s2', 100, 200), firm: 8 },
  ];
  const { n, counts, values } = estimate.of(askedOf([...ours, ...twice, ...theirs.slice(1), ...signed, covering]));
  expect([n, counts?.['compared']]).toEqual([3, 2]);
  expect(values['compared']?.value).toBeCloseTo(0.2, 12);
});
