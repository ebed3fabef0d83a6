import type { Contracts } from './contracts.js';

export type Language = 'fr' | 'en';
export const LANGUAGES: readonly Language[] = ['fr', 'en'];

/** Where the pages of a language begin. */
export const rootOf = (language: Language): string => (language === 'fr' ? '/' : '/en/');

/** What the catalogue itself says, in both languages. */
export const WORDS = {
  fr: {
    title: 'Catalogue des événements',
    intro:
      'Tout ce que les systèmes du programme se disent : les événements que les partenaires envoient et reçoivent, ceux des services, et les portes HTTP. Ces pages sont faites des contrats eux-mêmes.',
    events: 'Événements',
    http: 'Portes HTTP',
    changes: 'Changements',
    files: 'Fichiers',
    meaning: 'Sens',
    sentBy: 'Envoyé par',
    readBy: 'Lu par',
    since: 'Depuis',
    topic: 'Topic',
    subject: 'Sujet (clé Kafka)',
    about: 'Chose décrite',
    fields: 'Champs',
    field: 'Champ',
    type: 'Type',
    required: 'obligatoire',
    optional: 'facultatif',
    example: 'Exemple',
    history: 'Historique',
    schema: 'Schéma JSON',
    ends: (day: string) => `Cette version finit le ${day}.`,
    replaced: 'Remplacée par',
    nobody: 'personne pour l’instant',
    service: 'service',
    partnersActing: 'partenaires agissant comme',
    partners: 'partenaires',
    next: 'prochaine version',
    added: 'ajouté',
    newFields: 'champs ajoutés',
    deprecated: 'fin annoncée',
    search: 'Rechercher',
    language: 'Langue',
    asyncapi: 'Document AsyncAPI 3 de tous les événements',
    kit: 'Kit de conformité (Node 20)',
    kitUse: "contrôle vos événements et tient le rôle du programme ; avec l'adresse de ce fichier,",
    openapi: 'Document OpenAPI',
    interactive: 'page à parcourir',
    onlyEnglish:
      'La passerelle des partenaires est décrite en français et en anglais ; les portes des services, que seuls des développeurs appellent, en anglais.',
    groups: {
      in: 'Ce qu’un partenaire envoie',
      out: 'Ce qu’un partenaire reçoit en réponse',
      enrolment: 'Programmes, actions et entreprises',
      consulting: 'Conseil individuel',
      workshops: 'Ateliers collectifs',
      'training-spend': 'Dépenses de formation',
      evaluation: 'Évaluation',
      'partner-gateway': 'Systèmes partenaires',
    },
    roles: {
      everyone: 'tous',
      carrier: 'structures porteuses de l’action',
      partner: 'partenaires de l’action',
      detecting: 'qui repère des entreprises pour l’action',
      consultant: 'cabinet chargé de l’entreprise',
      funder: 'le financeur concerné',
      evaluator: 'évaluateurs',
    },
  },
  en: {
    title: 'Catalogue of events',
    intro:
      "All that the programme's systems tell each other: the events that partners send and get, those of the services, and the HTTP endpoints. These pages are made from the contracts themselves.",
    events: 'Events',
    http: 'HTTP endpoints',
    changes: 'Changes',
    files: 'Files',
    meaning: 'Meaning',
    sentBy: 'Sent by',
    readBy: 'Read by',
    since: 'Since',
    topic: 'Topic',
    subject: 'Subject (Kafka key)',
    about: 'Thing described',
    fields: 'Fields',
    field: 'Field',
    type: 'Type',
    required: 'required',
    optional: 'optional',
    example: 'Example',
    history: 'History',
    schema: 'JSON Schema',
    ends: (day: string) => `This version ends on ${day}.`,
    replaced: 'Replaced by',
    nobody: 'nobody for now',
    service: 'service',
    partnersActing: 'partners acting as',
    partners: 'partners',
    next: 'next release',
    added: 'added',
    newFields: 'new fields',
    deprecated: 'end announced',
    search: 'Search',
    language: 'Language',
    asyncapi: 'AsyncAPI 3 document of all events',
    kit: 'Conformance kit (Node 20)',
    kitUse: "checks your events and plays the programme's side; with the address of this file,",
    openapi: 'OpenAPI document',
    interactive: 'page to browse',
    onlyEnglish:
      'The partner gateway is described in French and English; the endpoints of the services, which developers alone call, in English.',
    groups: {
      in: 'What a partner sends',
      out: 'What a partner gets in answer',
      enrolment: 'Programmes, actions and firms',
      consulting: 'Individual consulting',
      workshops: 'Collective workshops',
      'training-spend': 'Training spend',
      evaluation: 'Evaluation',
      'partner-gateway': "Partners' systems",
    },
    roles: {
      everyone: 'everyone',
      carrier: 'carriers of the action',
      partner: 'partners of the action',
      detecting: 'who detects firms for the action',
      consultant: "consultants' firm of the case",
      funder: 'the funder concerned',
      evaluator: 'evaluators',
    },
  },
} as const;

/** A text of the contracts in a language; English, in which they are written, where it was not translated. */
export function textIn(language: Language, { french }: Pick<Contracts, 'french'>, text: string): string {
  return language === 'en' ? text : (french.texts[text] ?? text);
}

/** A document with its titles, summaries and descriptions in a language. */
export function documentIn<T>(language: Language, contracts: Pick<Contracts, 'french'>, document: T): T {
  if (language === 'en') return document;
  return JSON.parse(JSON.stringify(document), (key, value: unknown) => {
    if (typeof value !== 'string' || !['title', 'summary', 'description'].includes(key)) return value;
    return contracts.french.titles[value] ?? contracts.french.texts[value] ?? value;
  }) as T;
}
