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

test.each([
  ...[
    ...['n’a pas eu lieu', "n'a pas eu lieu", 'la séance n’a pas eu lieu', 'n’aura pas lieu', 'ne s’est pas tenue'],
    ...['erreur de saisie', 'Erreur de saisie, voir S13', 'double saisie', 'saisie en double', 'saisi deux fois'],
    ...['absence du dirigeant, non tenue', 'grève - n’a pas eu lieu', 'dirigeant malade : non réalisée'],
    ...['ANNULATION CLIENT', 'annulation par le client', 'Annulation tardive', 'désistement entreprise'],
    ...['déplacée', 'Déplacée au 12/07', 'déplacé au lundi 4', 'déplacée à une date ultérieure', 'client absent'],
    ...['remplacée par S12', 'remplacée par la séance 14', 'Remplacé le 12/07', 'en double', 'a été annulée'],
    ...['** ANNULÉE **', '=> annulé', '« annulé »', '- annulé -', '# annulé'],
  ].map((word) => ['Observations', word] as const),
  ...['KO', 'Absent', 'absente excusée', 'NOK', 'No show', 'déplacée', 'remplacée par S12', 'double saisie'].map(
    (word) => ['Statut', word] as const,
  ),
])('%s: %s takes a line of what happened back', (heading, word) => {
  expect(said(heading, word)).toMatchObject({ word });
});

test.each([
  ...['test', 'TEST', 'séance fictive', 'Séance de test', 'ligne de test', 'exemple', 'fictif', 'atelier fictif'].map(
    (word) => ['Observations', word] as const,
  ),
  ...['test', 'Fictive', 'Exemple'].map((word) => ['Statut', word] as const),
  ['Divers', 'EXEMPLE À SUPPRIMER'],
  ['ANN', 'X'],
])('%s: %s is there to show or to try', (heading, word) => {
  expect(said(heading, word)).toMatchObject({ word });
  expect(said(heading, word, { mayBePending: true })).toMatchObject({ word });
});

/** What consultants and carriers write beside sessions and detections that are to be taken. */
const REMARKS = [
  ...['objectif fixé, non tenu par le client', 'plan à revoir, non réalisé à ce jour par la DRH'],
  ...['absent du bureau le matin, séance tenue l’après-midi', 'dirigeant absent, séance tenue avec la DRH', 'absent'],
  ...['Absence du dirigeant', 'DRH absente', '2 salariés absents', 'ok', 'OK', 'KO technique en début de séance'],
  ...['déplacée à Arras', 'Déplacée sur le site de Lens', 'Déplacements remboursés', 'déplacés pendant les travaux'],
  ...['remplacée par M. Martin', 'consultant remplacé par son collègue', 'Mme Dupont remplace M. Martin'],
  ...['erreur de saisie corrigée', 'Erreur de saisie rectifiée le 12/06', 'saisie en double exemplaire', 'RAS'],
  ...['double commande', 'double compétence recherchée', 'animation en double', 'séance double', 'Saisie le 12/06'],
  ...['annulation du 12/06 rattrapée ce jour', 'rattrapage de la séance annulée du 3/06', 'remplace S11 annulée'],
  ...[
    'report de la décision à septembre',
    'reporting mis en place',
    'refus de la VAE par un salarié',
    'très bonne séance',
  ],
  ...['lieu : Lens', 'a eu lieu chez le client', 'a eu lieu à distance', 'pas lieu de relancer', 'pas de remarque'],
  ...['prévoir la suite', 'prochaine séance le 12/07', 'client satisfait', 'client : M. Absent', 'Abscons mais utile'],
  ...['entreprise en croissance', 'nulle part ailleurs', 'sans objet', 'test de personnalité', 'Ko Hyun, interprète'],
  ...['erreurs fréquentes relevées sur les fiches de paie', 'désaccord sur le plan', 'projet de déménagement'],
];
test.each([['Observations'], ['Commentaire'], ['']])('%s: an ordinary remark passes', (heading) => {
  expect(REMARKS.filter((word) => said(heading, word))).toEqual([]);
  expect(REMARKS.filter((word) => said(heading, word, { mayBePending: true }))).toEqual([]);
});

test('who did not come is what a line of attendance may say, and a firm that is detected need not have been there', () => {
  expect(said('Statut', 'Absent excusé', { read: 'ABSENT' })).toBeUndefined();
  expect(said('Statut', 'Absent', { read: 'non' })).toBeUndefined();
  expect(said('Statut', 'Absent', { read: 'PRESENT' })).toMatchObject({ word: 'Absent' });
  expect(said('Statut', 'Absent', { mayBePending: true })).toBeUndefined();
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
