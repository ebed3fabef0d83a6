import { expect, test } from '@jest/globals';
import { firmsAlike, surveyAsked } from '../../test/surveyed.js';
import { estimate } from './respondents.js';

const yes = { roles_clear: 4 };

test('120 of 460 accompanied firms answered before and after: a quarter', () => {
  const { n, counts, values } = estimate.of(
    surveyAsked([
      ...firmsAlike(1, 120, { before: yes, after: yes }),
      ...firmsAlike(200, 30, { before: yes }),
      ...firmsAlike(300, 310, {}),
      // Not accompanied: it is of neither number.
      ...firmsAlike(700, 5, { isCompleted: false, before: yes }),
    ]),
  );
  expect({ n, counts }).toEqual({ n: 460, counts: { respondents: 120, accompanied: 460 } });
  expect(values['share']?.value).toBeCloseTo(120 / 460, 12);
});

test('of nobody there is no share', () => {
  expect(estimate.of(surveyAsked([])).values).toEqual({ share: null });
});
