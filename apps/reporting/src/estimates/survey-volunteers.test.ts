import { expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { estimate } from './survey-volunteers.js';

const said = (before: number, after: number) => ({ before: { roles_clear: before }, after: { roles_clear: after } });

test('those who answered unasked are told apart, as they said it, without an interval', () => {
  const { n, parts } = estimate.of(
    surveyAsked([
      ...firmsAlike(1, 10, { drawn: ['AFTER'], ...said(2, 2) }),
      ...firmsAlike(20, 3, said(2, 5)),
      ...firmsAlike(30, 1, said(5, 5)),
      // Drawn in one wave of two: it neither speaks for others nor is a volunteer.
      ...firmsAlike(40, 5, { drawn: ['BEFORE'], ...said(2, 2) }),
    ]),
  );
  expect(n).toBe(4);
  expect(parts).toMatchObject([
    { key: 'roles_clear', n: 4, values: { before: { value: 0.25 }, after: { value: 1 }, difference: { value: 0.75 } } },
  ]);
  expect(parts?.[0]?.values['difference']).not.toHaveProperty('low');
});

test('where nobody was drawn, nobody is beside', () => {
  const { n, incomplete, parts } = estimate.of(surveyAsked(firmsAlike(1, 3, said(2, 5))));
  expect([n, parts]).toEqual([0, []]);
  expect(incomplete?.reasonFr).toContain('Aucun échantillon');
});
