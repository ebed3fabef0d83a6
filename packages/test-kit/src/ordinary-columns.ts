/**
 * What French files hold in columns that are not read: words that say nothing of their line, whatever they remind of, and
 * words by which a line does not count. Every reader of tables is held against both.
 */

const each = (headings: readonly string[], words: readonly string[]) =>
  headings.flatMap((heading) => words.map((word) => [heading, word] as const));

/** Themes of trainings and of workshops, as catalogues name them. */
const TITLES: readonly string[] = [
  ...['Gestion des impayés', 'Relances - impayés', 'Recouvrement (impayés)', 'Prévenir les impayés', 'Recouvrement'],
  ...[
    'Récupération',
    'Retenue',
    'Retenue à la source',
    'Balance scorecard',
    'Facturation, avoirs, relances',
    'Gestion des rejets et effluents',
  ],
  ...[
    'Ciel : devis, factures, avoirs',
    'Comptabilité : provisions pour risques et charges',
    'Provisions et dépréciations',
  ],
  ...['Avoir confiance en soi', 'Avoir du leadership', 'Être et avoir', 'Savoirs de base', 'Reprise d’entreprise'],
  ...['Création et reprise d’activité', 'Remise à niveau en anglais', 'Suppression de postes : reclassement'],
  ...['Annule et remplace la facture 12', 'Abandon scolaire', 'Prévisionnel financier', 'Le budget prévisionnel'],
  ...['Gérer les litiges, annulations et refus', 'Savoir dire non', 'Refus d’obstacle', 'Engagement et motivation'],
  ...['Gestion de projet', 'Commande numérique', 'Estime de soi', 'Estimation immobilière', 'Reporting sous Excel'],
  ...['Rejets industriels', 'Prévision des ventes', 'Remboursement de frais pédagogiques', 'Crédit et assurance'],
  ...[
    'Droit à l’erreur',
    'Erreurs fréquentes en paie',
    'Préparer la retraite',
    'Payer moins de charges',
    'Notes de frais',
  ],
];

/** What says nothing against its line. */
export const ORDINARY: readonly (readonly [heading: string, word: string])[] = [
  ...each(['Libellé', 'Intitulé', 'Objet', 'Thème', 'Formation', 'Nature'], TITLES),
  ...each(
    ['Libellé', 'Intitulé', 'Formation'],
    [
      ...[
        'Titre professionnel',
        'Titres de recettes et régies',
        'Mandats et titres de recettes',
        'Mandat du comptable',
      ],
      ...['Gérer une vente annulée', 'Remplacement d’une session annulée', 'Doublons et nettoyage de données', 'SST'],
      ...['REMPLACEMENT SESSION ANNULEE', 'Formation suite session annulée', 'Test de niveau', 'Recette informatique'],
      ...['Total Quality Management', 'Synthèse documentaire', 'Retour d’expérience', 'Ordre et méthode', 'Réduction'],
      ...['** Formation Excel **', '# 12 Excel', '- Word -', '« Être et avoir »', '1/ Excel', 'C#', 'C++ *'],
    ],
  ),
  ...each(
    ['Observations', 'Suivi'],
    ['payé en 2 fois', 'payé 2 fois 500 €', 'à prendre en compte en 2012', 'NON ANNULÉ'],
  ),
  ...each(['Payé le', 'Date de virement', 'Versé le', 'N° virement'], ['12/04/2012', '2012-045', '', 'VIR 12']),
  ...each(['Mandat'], ['1245', 'oui', 'non', 'M. Dupont']),
  ...each(['Statut comptable', 'État financier'], ['Payé', 'Bordereau 12', 'Imputé', '']),
  ...each(['Type', 'Type doc', 'Type de pièce'], ['FA', 'FAC', 'Avance', 'Titre', 'Acompte', 'AFC', 'Mandat']),
  ...each(
    ['Bloqué', 'Suspendu', 'Litige', 'Exclu', 'Hors périmètre', 'Ne pas prendre en compte'],
    ['non', 'N', '0', ''],
  ),
  ...each(['Remboursé', 'Remboursé le', 'Reversé'], ['non', 'N', '0', '-', '']),
  ...each(
    ['Recevable', 'Retenu', 'Éligible', 'Service fait', 'Validé DAF', 'Visa comptable'],
    ['oui', 'O', '12/04/2012'],
  ),
  ...each(['Avis'], ['Favorable', 'Avis favorable', '12']),
  ...each(['Accord de branche', 'Retenue', 'Mandat de gestion'], ['non', 'oui']),
  ...each(['Montant annulé', 'Montant remboursé'], ['0,00', '3,00', '']),
  ...each(['Raison sociale'], ['GLOBAL SERVICES', 'TITRE DE TRANSPORT SA', 'RETOUR AUX SOURCES', 'Total Énergies']),
  ...each(['Statut'], ['Cadre', 'CDI', 'Salarié', 'Adhérent', 'Accepté', 'Pris en charge', 'Émis', 'Transmis', 'SARL']),
  ...each(['Avancement'], ['100 %', '3/5']),
  ...each(['Étape'], ['3', 'Module 2']),
  ...each(['État'], ['Neuf', 'Nord']),
  ...each(['Situation'], ['Lille', 'Marié', 'Site inactif à Lens, salarié non retenu']),
  ...each(['Solde', 'Versement', 'Paiement', 'Reste à payer', 'Restant dû', 'Avoir'], ['0', '0,00', '0,00 €']),
  ...each(['Type de paiement', 'Mode de règlement', 'Mode de paiement'], ['Remboursement', 'Subrogation', 'Virement']),
  ...each(['Type de financement', 'Financement'], ['Budget', 'Crédit', 'Fonds propres']),
  ...each(['Type de projet', 'Projet'], ['Reprise', 'Création', 'Engagement']),
  ...each(['Type', 'Nature'], ['Crédit', 'Facture', 'Formation', 'En cours d’emploi']),
  ...each(['Motif de rejet', 'Motif de refus'], ['Pas de rejet', 'Sans', 'Sans objet', '-', 'Aucun refus', 'néant']),
  ...each(['CSP', 'Contrat', 'Initiales', 'Gestionnaire', 'Agence'], ['CAD', 'MAD', 'RUB', 'CHF', 'AUD']),
  ...each(['Unité', 'Unité territoriale'], ['Paris Nord', 'UT59', 'A', 'heure', 'stagiaire']),
  ...each(['Facteur', 'Coefficient'], ['A', '215']),
  ...each(['Département'], ['Somme', 'Nord', '80']),
  ...each(['Catégorie', 'Rubrique'], ['Engagement', 'Commande numérique', 'Ouvrier', 'Estimation']),
  ...each(
    ['Suite à donner', 'Prochaine étape'],
    ['à planifier', 'À confirmer', 'prévue en mars', 'en attente du devis'],
  ),
  ...each(['Suivi'], ['prochaine séance prévue en mars', 'vu le 12, rappel prévu']),
  ...each(
    ['Commentaire', 'Observations'],
    [
      ...[
        'Refus de financement par l’OPCA',
        'Abandon du CIF puis plan',
        'Erreur sur le SIRET corrigée',
        'vu avec la DRH',
      ],
      ...['Rejet de la première demande, acceptée depuis', 'Salarié non retenu pour le CIF', 'Annule et remplace'],
    ],
  ),
  ...each(['Annulé', 'Supprimé', 'Doublon', 'Est annulé'], ['non', 'N', '0', '']),
  ...each(
    ['Raison sociale', 'Entreprise', 'Ville'],
    ['Exemple SARL', 'SARL DE L’EXEMPLE', 'Test & Mesure', 'Essais du Nord', 'Laboratoire de test', 'Sans Souci SA'],
  ),
  ...each(
    ['Libellé', 'Intitulé', 'Formation', 'Thème', 'Objet'],
    [
      ...[
        'Gestion du contentieux: litiges',
        'Litiges et prescription',
        'Suite bureautique',
        'Suite Office',
        'Tests logiciels',
      ],
      ...['Suites de nombres', 'Double compétence', 'Saisie de données', 'Saisie comptable et double écriture'],
      ...[
        'Conduire par l’exemple',
        'Exemples de management',
        'Exemple : lean',
        'Management par l’exemple',
        'Prévisionnel',
      ],
      ...['Prescription médicale', 'Médicaments prescrits', 'Anglais : test final', 'Paie : les litiges', 'Annales'],
      ...[
        'Tests en production',
        'La facture en litige : que faire',
        'Séance de test des logiciels',
        'Payer deux fois moins',
      ],
    ],
  ),
  ...each(
    ['Commentaire', 'Observations'],
    [
      ...[
        'suite du dossier 12',
        'sans suite à donner par le service',
        'déjà payé 500 € en 2011, solde ici',
        'déjà client',
      ],
      ...[
        'déjà payé par l’entreprise, remboursé au salarié',
        'litige réglé',
        'prescrit par la branche',
        'par exemple, Excel',
      ],
      ...[
        'test réussi',
        'saisie le 12/03',
        'double financement région',
        'prévisionnel respecté',
        'exemple de bonne pratique',
      ],
    ],
  ),
  ...each(
    ['Commentaire', 'Observations'],
    [
      ...['Montant prévisionnel : 120,00 € - réglé 100,00', 'Solde - déjà versé : 300 €', 'Solde (déjà payé : 300,00)'],
      ...['Dossier prévisionnel, dossier définitif reçu', 'déjà payé en 2 fois', 'dossier clos', 'en double cursus'],
    ],
  ),
  ...each(
    ['Libellé', 'Intitulé'],
    [
      ...['Exemples', 'Comptabilité - double saisie', 'Marchés publics : sans suite', 'Test'],
      ...['Formation : dossier en litige', 'Droit du travail (facture prescrite)', 'Rédiger en double'],
    ],
  ),
  ...each(['Raison sociale', 'Ville', 'Formateur', 'Entreprise'], ['EXEMPLE', 'SANS SUITE', 'Test']),
  ...each(['Suite à donner', 'Suite'], ['sans', 'néant', 'aucune']),
  ...each(['Accord', 'Accord OPCA', 'Accord PEC'], ['oui', 'O', '12/04/2012', 'AC-2012', 'Accord-cadre']),
  ...each(['ANN', 'Ann.', 'Ann'], ['2012', '1', 'non', 'N', '']),
  ...each(['Type', 'Outil', 'Méthode'], ['Test', 'Essai']),
  ...each(['Validé', 'Actif', 'Bon à payer', 'Viré'], ['oui', 'O', 'x', '1']),
  ...each(['Raison sociale'], ['CREDIT AGRICOLE', 'ANNULIA', 'Crédit Mutuel', 'REPRISE SERVICES']),
];

/** Columns by which a line counts neither as a payment nor as anything else. */
export const VOID: readonly (readonly [heading: string, word: string])[] = [
  ['Supprimé', '1'],
  ['Suppr.', 'x'],
  ['Ligne annulée', 'oui'],
  ['Facture annulée', 'O'],
  ['Est annulé', 'oui'],
  ['Rejet du virement', 'x'],
  ['Annulation facture', 'oui'],
  ['Doublon', 'oui'],
  ['Actif', 'non'],
  ['Validé', 'non'],
  ['Motif de rejet', 'Sans convention'],
  ['Date d’annulation', '03/04/2012'],
  ...each(['ANN', 'Ann.'], ['X', 'x', 'oui']),
  ...each(
    ['Commentaire', 'Libellé', ''],
    ['exemple', 'EXEMPLE À SUPPRIMER', 'Exemple (à effacer)', 'Ligne d’exemple', 'ligne de test', 'ligne fictive'],
  ),
  ['Statut', 'Annulé'],
  ['Commentaire', 'Refus'],
  ['Commentaire', 'en attente'],
  ['Observations', 'ANNULÉE'],
  ['Observations', 'Rejeté le 12/03/2012'],
  ...each(
    ['Observations', 'Suivi'],
    ['** ANNULE **', '=> annulé', '« annulé »', '- annulée -', '# annulé', '1/ annulé'],
  ),
];

/** Columns by which a positive amount is no payment. */
export const NO_PAYMENT: readonly (readonly [heading: string, word: string])[] = [
  ['A rembourser', 'oui'],
  ...each(['Accord', 'Accord OPCA', 'Accord PEC'], ['non', 'N']),
  ...each(
    ['Commentaire', 'Libellé', 'Statut'],
    [
      ...['sans suite', 'Classé sans suite', 'dossier sans suite', 'déjà payé', 'Déjà réglé le 12/03/2012'],
      ...['déjà payé avec la ligne 12', 'double saisie', 'saisi en double', 'dossier prescrit', 'facture en litige'],
    ],
  ),
  ...each(['Commentaire', 'Observations'], ['prescrit', 'prévisionnel', 'en litige', 'litige en cours', 'PRESCRIT.']),
  ...each(
    ['Commentaire', 'Observations', 'Remarque'],
    [
      ...['Classement sans suite', 'Affaire sans suite', 'Déjà payé sur R1', 'Déjà réglé par le FAF'],
      ...['Déjà payé le 12 mars', 'En double avec R1', 'facture en double', 'Dossier clos sans paiement'],
      ...['Ne sera pas payé', 'Refus de prise en charge', 'Dossier abandonné', 'Irrecevable'],
      ...['Prescrite au 31/12/2011', 'Prévisionnel à confirmer', 'Ligne test', 'Ligne exemple', 'TEST'],
      ...['Exemple à ne pas prendre en compte', 'ANNULE ET REMPLACE PAR R7', 'Annulée et remplacée par la facture 12'],
    ],
  ),
  ...each(['Statut', 'État'], ['Prescrit', 'PRESCRITE', 'Irrecevable', 'Dossier abandonné']),
  ['Virement effectué', 'non'],
  ['Viré', 'non'],
  ['Décaissé', 'non'],
  ['Encaissé', 'non'],
  ['Soldé', 'non'],
  ['Soldé (O/N)', 'N'],
  ['Bon à payer', 'non'],
  ['BAP', 'N'],
  ['Paiement OK', 'non'],
  ['Paiement', 'non'],
  ['Sens opération', 'C'],
  ['Type écriture', 'C'],
  ['Phase', 'Engagement'],
  ['Phase', 'Prévisionnel'],
  ['Version', 'Budget'],
  ['Catégorie', 'Prévisionnel'],
  ['Rubrique', 'Engagé'],
  ['Scénario', 'Prévu'],
  ['Statut', 'Engagé'],
  ['Statut', 'Prévu'],
  ...each(
    ['Libellé', 'Commentaire'],
    [
      ...[
        'Avoir - formation Excel',
        'Avoir AV-2012-12',
        'Avoir : facture 12',
        'Avoir F2012-045',
        'Avoir pour facture 12',
      ],
      ...['Trop versé', 'Trop payé 2012', 'Facture annulée', 'Avoir sur facture 12', 'Impayé', 'Rejet de virement'],
      ...['Impayé au 31/12/2012', 'Annulation', 'Formation Excel, annulée', 'Formation Excel - avoir'],
    ],
  ),
  ...each(['Commentaire', 'Remarque'], [...['rejet banque', 'non payé à ce jour', 'à régler en janvier', 'Impayés']]),
  ...each(
    ['Libellé', 'Observations', 'Suivi'],
    [
      ...['** ANNULE **', '*annulé*', '- annulé -', '« annulé »', '=> annulé', '>> ANNULE', '# annulé', '• annulé'],
      ...[
        '1/ annulé',
        '! ANNULE',
        '"annulé"',
        'Formation Excel ANNULÉE',
        'Formation Excel *** annulé ***',
        'A annuler',
      ],
      ...['FORMATION EXCEL ANNULEE', 'DOUBLON avec R1', 'doublon facture 12', 'payé 2 fois', 'réglé en double'],
      ...['à ne pas prendre en compte', 'Ne pas prendre en compte', '** à exclure **', '~ non payé ~', '* impayé *'],
      ...['Titre de recette', 'Réduction de mandat', 'Mandat d’annulation', "Mandat d'annulation n° 12"],
      ...['Ordre de reversement', 'Remb. trop versé', 'RBT trop perçu', 'Note d’avoir', 'Retour virement'],
    ],
  ),
  ...each(
    ['Nature', 'Type de pièce'],
    [...['Titre de recette', 'Réduction de mandat', 'Mandat d’annulation', 'Ordre de reversement', 'RBT', 'Recette']],
  ),
  ...each(['Type', 'Type doc', 'Type de document'], ['AV', 'AVO']),
  ...each(['Statut comptable', 'Payé le', 'Date de virement', 'N° virement', 'Mise en paiement'], ['en attente']),
  ['Mandat', 'non mandaté'],
  ['Payé le', 'prévu'],
  ...each(['Remboursé', 'Remboursé (O/N)', 'Reversé', 'Trop-perçu'], ['Oui', 'x']),
  ['Remboursé le', '12/04/2012'],
  ...each(['Montant annulé', 'Montant remboursé', 'Mt reversé'], ['10,00', '10', '10,00 €']),
  ...each(['Bloqué', 'Suspendu', 'Litige', 'En litige', 'Exclu', 'Hors périmètre', 'Dossier bloqué'], ['Oui', 'X']),
  ['Bloqué', 'le 12/04/2012'],
  ['Ne pas prendre en compte', 'x'],
  ...each(['Recevable', 'Retenu', 'Éligible', 'Service fait', 'Validé DAF', 'Visa comptable'], ['Non', 'N']),
  ['Service fait', 'En attente'],
  ['Avis', 'Défavorable'],
  ['Unité', 'k€'],
  ['Devise', 'XYZ'],
  ['Prix', 'CHF'],
];
