import { ORDINARY, VOID } from '@gpect/test-kit/ordinary-columns';
import { expect, test } from '@jest/globals';
import { notDone } from './not-done.js';

const said = (heading: string, word: string, { mayBePending = false, read = 'Z1' } = {}) =>
  notDone({ headings: ['n°', heading], at: { id: 0 } }, mayBePending)([read, word]);

test.each([
  ...[
    'Annulée',
    'annulé par l’entreprise le 3/4',
    'Prévue',
    'Reportée',
    'Doublon',
    'Abandon',
    'Non réalisée',
    'Refusé',
  ].map((word) => ['Statut', word]),
  ['État', 'en attente'],
  ['Validation', 'non'],
  ['Suivi du dossier', 'à confirmer'],
  ['Observations', 'ANNULÉE'],
  ['Observations', 'séance reportée au 12/06'],
  ['Remarques', 'pas eu lieu'],
  ['Remarques', 'la séance n’a pas eu lieu'],
  ['Commentaire', 'doublon de Z1073'],
  ['', 'prévue le 12/06/2010'],
  ['Réalisée ?', 'Non'],
  ['Tenue', '0'],
  ['Annulé', 'x'],
  ['Date d’annulation', '12/06/2010'],
  ['Motif de report', 'salle occupée'],
])('%s: %s says that the line did not happen', (heading, word) => {
  expect(said(heading ?? '', word ?? '')).toMatchObject({ word });
});

test.each([
  ['Statut', 'Réalisée'],
  ['Statut', 'non annulé'],
  ['Statut', 'En cours'],
  ['Observations', 'tenue le 14, la première date ayant été annulée'],
  ['Observations', 'rien à signaler'],
  ['Observations', 'prévoir une salle plus grande'],
  ['Réalisée', 'oui'],
  ['Annulé', 'Non'],
  ['Annulé', '-'],
  ['Date d’annulation', ''],
  ['Montant', '500,00'],
  ['motif', 'total : annulé'],
])('%s: %s says nothing against it', (heading, word) => {
  expect(said(heading, word)).toBeUndefined();
});

test('what is planned need not have happened, and what was put off is not planned for its day', () => {
  expect(said('Statut', 'Prévu', { mayBePending: true })).toBeUndefined();
  expect(said('Statut', 'Reporté', { mayBePending: true })).toEqual({ heading: 'Statut', word: 'Reporté' });
});

test('a firm that gave up is what a column that is read says too', () => {
  expect(said('Statut', 'Abandonné', { read: 'ABANDON' })).toBeUndefined();
  expect(said('Statut', 'Abandonné', { read: '' })).toEqual({ heading: 'Statut', word: 'Abandonné' });
});

test('no line is refused for an ordinary word of a column that is not read', () => {
  expect(ORDINARY.filter(([heading, word]) => said(heading, word))).toEqual([]);
});

test('no line is taken that a mark or a remark takes back', () => {
  expect(VOID.filter(([heading, word]) => !said(heading, word))).toEqual([]);
});
