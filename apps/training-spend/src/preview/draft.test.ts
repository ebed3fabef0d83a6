import { Problem } from '@gpect/service-kit/http/problem';
import { expect, test } from '@jest/globals';
import { draftOf } from './draft.js';

const columns = {
  reference: ['Réf.'],
  siret: ['SIRET'],
  paidOn: ['Date'],
  scheme: ['Dispositif'],
  amount: ['Montant HT'],
};
const schemes = { DIF: 'DIF' };

/** Status, and the place and the French of each fault. */
function refused(draft: unknown): [status: number, faults: [pointer: string, french: string][]] {
  try {
    draftOf(typeof draft === 'string' ? draft : JSON.stringify(draft));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { status, errors = [] } = error.body('fr');
    return [status, errors.map(({ pointer = '', detail }) => [pointer, detail.replaceAll('\u00a0', ' ')])];
  }
  return [200, []];
}

test.each([
  ['columns that are null', { columns: null }, '/dialect/columns', /donnez un objet/],
  ['no columns', { schemes }, '/dialect/columns', /manque/],
  ['a column named by a text', { columns: { ...columns, amount: 'Montant' } }, '/dialect/columns/amount', /une liste/],
  ['a column named by a number', { columns: { ...columns, amount: [1] } }, '/dialect/columns/amount/0', /un texte/],
  ['a field that has no column', { columns: { ...columns, prix: ['x'] } }, '/dialect/columns/prix', /n’est pas prévu/],
  ['schemes that are null', { columns, schemes: null }, '/dialect/schemes', /donnez un objet/],
  ['totals that are a number', { columns, totals: 3 }, '/dialect/totals', /une liste/],
  ['days that are a word', { columns, dates: 'french' }, '/dialect/dates', /une liste/],
  ['an encoding that nobody knows', { columns, encoding: 'nope' }, '/dialect/encoding', /utf-8/],
  ['a word that no dialect has', { columns, couleur: 'x' }, '/dialect/couleur', /n’est pas prévu/],
])('a draft with %s is refused where it stands, with what to do', (_what, draft, pointer, french) => {
  expect(refused(draft)).toEqual([400, [[pointer, expect.stringMatching(french)]]]);
});

test.each([
  ['days of both orders', { columns, dates: ['french', 'american'] }, '/dialect/dates', /ne se distinguent pas/],
  ['a scheme out of no register', { columns, schemes: { Bonus: 'BONUS' } }, '/dialect/schemes', /GET \/schemes/],
  ['operations without a column', { columns, operations: { Annulé: 'cancel' } }, '/dialect/columns', /"operation"/],
])('a draft with %s is refused as publishing refuses it', (_what, draft, pointer, french) => {
  expect(refused(draft)).toEqual([422, [[pointer, expect.stringMatching(french)]]]);
});

test.each(['', 'null', '3', '"x"', '[]', '{'])('what is no object is no dialect: %j', (text) => {
  expect(refused(text)).toEqual([400, []]);
});

test('a draft may leave open which columns and schemes it names', () => {
  expect(draftOf(JSON.stringify({ columns: {} }))).toMatchObject({ columns: {}, schemes: {}, encoding: 'auto' });
  expect(refused({ columns: { siret: ['SIRET'] }, schemes: {} })).toEqual([200, []]);
});
