import { expect, test } from '@jest/globals';
import type { VerbatimDocument } from '../facts/documents.js';
import { withoutNames } from './verbatims.js';

const said = (text: string | null): VerbatimDocument => ({
  _id: 'p/00001002500013/1',
  programme: 'p',
  siret: '00001002500013',
  theme: 'STRATEGY',
  saidOn: '2009-06-05',
  consentedOn: '2009-06-05',
  by: 'MANAGER',
  text,
});
const names = ["SARL Mécanique de l'Artois", 'Ets ACME et fils', 'TB', 'KSB SAS'];

test('words are told without the firm whose they are', () => {
  const { told, withheld } = withoutNames([said('Nous savons où nous allons.')], names);
  expect(withheld).toBe(0);
  expect(told).toEqual([expect.objectContaining({ theme: 'STRATEGY', text: 'Nous savons où nous allons.' })]);
  expect(told[0]).not.toHaveProperty('siret');
});

test.each([
  'Chez MECANIQUE DE L ARTOIS on anticipe.',
  'Chez « Mécanique de l’Artois », on anticipe.',
  'Chez Acme, tout a changé.',
  'Chez KSB, tout a changé.',
  'SIRET 000 010 025 00013 : tout a changé.',
])('words that name a firm of the programme are withheld: %s', (text) => {
  expect(withoutNames([said(text)], names)).toEqual({ told: [], withheld: 1 });
});

test('a name of two letters is found in too many words and withholds nothing; what is not agreed to is not there', () => {
  expect(withoutNames([said('Dans la TB, on anticipe.'), said(null)], names)).toMatchObject({
    told: [{ text: 'Dans la TB, on anticipe.' }],
    withheld: 0,
  });
});
