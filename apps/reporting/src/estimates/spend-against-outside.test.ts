import { expect, test } from '@jest/globals';
import { askedOf, firmSaid } from '../../test/firms-said.js';
import { estimate } from './spend-against-outside.js';

const paid = (before: number, after: number) => ({ '2007-03-01': before, '2010-06-01': after });
const accompanied = (id: string, before: number, after: number, funder = 'opca-a') =>
  firmSaid({ id, funder, enrolled: '2008-02-10', accompanied: '2009-12-20', paid: paid(before, after) });
const outside = (id: string, before: number, after: number, funder = 'opca-a') =>
  firmSaid({ id, funder, isDetected: false, paid: paid(before, after) });
/** Of which nobody is outside: a firm under way, by whose payments files cover 2007 to 2010. */
const covering = ['opca-a', 'opca-b'].map((funder) =>
  firmSaid({ id: `z ${funder}`, funder, paid: { '2007-01-10': 1, '2010-12-20': 1 } }),
);
const ours = [accompanied('a', 100, 220), accompanied('b', 300, 580), accompanied('c', 200, 200, 'opca-b')];

test('firms that the programme never detected are compared by funder, weighted as the accompanied', () => {
  const theirs = [outside('o', 100, 150), outside('p', 100, 90), outside('q', 100, 60, 'opca-b')];
  const { n, counts, values, incomplete } = estimate.of(askedOf([...ours, ...theirs, ...covering]));
  expect({ n, counts, incomplete }).toEqual({
    n: 3,
    counts: { compared: 3, unlike: 0, notCovered: 0, withoutLine: 0 },
    incomplete: undefined,
  });
  expect(values['compared']?.value).toBeCloseTo(((2 / 3) * 120 + 60 / 3) / 100 - 1, 12);
  expect(values['effect']?.value).toBeCloseTo(1000 / 600 - 1, 12);
});

test('nobody of the programme is outside: not who is under way, was found not mature, or is another case', () => {
  const merged = { ...outside('m', 5, 5), place: { action: ['a'] } };
  const immature = firmSaid({ id: 'i', notMature: '2008-01-01', paid: paid(5, 5) });
  const { counts, incomplete } = estimate.of(askedOf([...ours, merged, immature, ...covering]));
  expect(counts?.['compared']).toBe(0);
  expect(incomplete?.reasonFr).toBe('Les fichiers des financeurs ne nomment aucune entreprise hors du dispositif.');
});

test('an accompanied firm of a funder that pays for nobody else is left out and said', () => {
  const { n, counts } = estimate.of(askedOf([...ours, outside('o', 100, 150), outside('p', 100, 90), ...covering]));
  expect([n, counts?.['unlike']]).toEqual([2, 1]);
});

test('the text beside it says that neither sector nor size are looked at', () => {
  expect(estimate.assumptionsFr[0]).toContain('non ajustées par secteur ni par taille');
});
