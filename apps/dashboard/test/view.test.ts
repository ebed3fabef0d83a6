import { expect, test } from '@jest/globals';
import { queryOf, viewIn } from '../client/view.js';

test('what a page shows is what its address says, and an address is short', () => {
  const query = new URLSearchParams('dispositif=npdc-2007-2013&lang=en');
  expect(viewIn(query)).toEqual({ programme: 'npdc-2007-2013', purpose: '', mapped: 'accompanied', open: '' });
  const other = queryOf(query, { mapped: 'sessions', purpose: 'comité de pilotage', open: 'enrolled' });
  expect(viewIn(other)).toEqual({
    programme: 'npdc-2007-2013',
    purpose: 'comité de pilotage',
    mapped: 'sessions',
    open: 'enrolled',
  });
  expect(queryOf(other, { mapped: 'accompanied', purpose: '', open: '' }).toString()).toBe(query.toString());
});

test('what an address holds beside the view stays in it', () => {
  expect(queryOf(new URLSearchParams('lang=en&x=1'), { programme: 'p' }).toString()).toBe('lang=en&x=1&dispositif=p');
});
