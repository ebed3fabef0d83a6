import { expect, test } from '@jest/globals';
import { kindOfTitle } from './sections.js';

test.each([
  ...['Séances annulées', 'Annulées', 'ANNULATIONS 2013', '** Reportées **', 'Doublons', 'Séances non tenues'],
  ...['Compte rendu des séances annulées', 'Séances qui n’ont pas eu lieu', 'Ateliers supprimés', 'À ne pas compter'],
  ...['Séances prévues', 'Séances prévues 2013', 'À venir', 'Planifiées', 'Séances à confirmer', 'En attente'],
  ...['Prochaines séances', 'II. Rendez-vous à fixer', 'Annulées ou reportées'],
])('%s says that what stands below it did not happen', (title) => {
  expect(kindOfTitle(title, false)).toBe('undone');
});

test.each([
  ...['Séances tenues', 'Séances réalisées en 2012', 'Séances', 'Sessions du mois de mai', 'Séances effectuées'],
])('%s says that it did', (title) => {
  expect(kindOfTitle(title, false)).toBe('held');
});

test.each([
  ...['Direccte', 'Bassin de Lens', 'Séances non annulées', 'Hors annulations', 'Feuil1', 'Juin 2008', 'Sheet1'],
  ...[
    'Gestion prévisionnelle des emplois',
    'Pas d’annulation ce mois-ci',
    'Agence de Lille',
    'Séances prévues et tenues',
  ],
  ...['Fait à Lille, le directeur', 'Plan d’action', 'Atelier « prévoir les compétences »', ''],
])('%s says nothing that is known', (title) => {
  expect(kindOfTitle(title, false)).toBeUndefined();
});

test('where lines are of what is planned, only what was put off or taken back is none of it', () => {
  expect(kindOfTitle('Ateliers prévus', true)).toBe('held');
  expect(kindOfTitle('Ateliers annulés', true)).toBe('undone');
  expect(kindOfTitle('Ateliers prévus et annulés', true)).toBe('undone');
});
