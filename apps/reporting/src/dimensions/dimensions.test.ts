import { expect, test } from '@jest/globals';
import { DIMENSIONS, type Dimension } from './dimensions.js';

const section: Dimension | undefined = DIMENSIONS.find(({ name }) => name === 'section');
const of = (naf: string) => section?.valuesOf?.({ firm: { programme: 'p', siret: '00001002500013', naf } });

test.each([
  ['25.62B', ['C']],
  ['64.19Z', ['K']],
  // Of NAF 2025, whose K is computing: it stands apart, not among finance.
  ['62.10Y', ['2025-K']],
  ['62.99Z', []],
])('a firm of activity %s counts in section %j', (naf, values) => {
  expect(of(naf)).toEqual(values);
});
