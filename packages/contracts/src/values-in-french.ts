import type { valuesOf } from './event-contracts.js';

type Named = 'Stage' | 'Theme' | 'Participant' | 'Trend';
type Value<Name extends Named> = ReturnType<typeof valuesOf<Name>>[number];
/** Words that mean a value, the first of them what it is called. */
type Words<Name extends Named> = Readonly<Record<Value<Name>, readonly [label: string, ...others: string[]]>>;

/** What the values of the contracts' enumerations are called in French, in their order (see docs/glossary.md). */
export const VALUES_IN_FRENCH: { readonly [Name in Named]: Words<Name> } = {
  Stage: {
    PRE_DIAGNOSTIC: ['pré-diagnostic'],
    ACTION_PLAN: ["plan d'actions", "plan d'action"],
    IMPLEMENTATION: ['mise en œuvre', 'mise en oeuvre'],
    RECOMMENDATIONS: ['préconisations', 'préconisation', 'recommandations', 'recommandation'],
  },
  Theme: {
    strategy: ['stratégie'],
    work_organisation: ['organisation du travail'],
    skills: ['compétences', 'compétence'],
    management: ['management'],
    training_plan: ['plan de formation', 'plans de formation'],
    career_paths: ['parcours professionnels', 'parcours professionnel'],
    working_conditions: ['conditions de travail'],
    wear_prevention: ["prévention de l'usure professionnelle", 'usure professionnelle', "prévention de l'usure"],
  },
  Participant: {
    MANAGER: ['dirigeant', 'dirigeante', 'dirigeants', 'dirigeantes', "chef d'entreprise"],
    SUPERVISORS: ['encadrement', 'encadrant', 'encadrants', 'encadrante', 'encadrantes'],
    EMPLOYEES: ['salariés', 'salarié', 'salariée', 'salariées'],
    STAFF_REPRESENTATIVES: [
      ...(['représentants du personnel', 'représentant du personnel', 'représentante du personnel'] as const),
      ...['représentantes du personnel', 'IRP', 'délégués du personnel', 'délégué du personnel'],
    ],
  },
  Trend: {
    UP: ['en hausse', 'hausse', 'augmentation'],
    STABLE: ['stable', 'stabilité'],
    DOWN: ['en baisse', 'baisse', 'diminution'],
  },
};
