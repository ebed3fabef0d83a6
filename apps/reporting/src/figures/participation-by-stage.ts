import { valuesOf } from '@gpect/contracts/event-contracts';
import { sessions } from '../facts/keepers/sessions.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'participationByStage',
  place: 190,
  group: 'participation',
  labelFr: "Participation à chaque étape de l'appui-conseil",
  labelEn: 'Participation at each stage of the consulting',
  definitionFr:
    'Ces présences de groupes par étape : pré-diagnostic, plan d’actions, mise en œuvre, préconisations ; la participation des salariés à chaque étape est la méthode.',
  definitionEn:
    'Those presences of groups by stage: pre-diagnostic, action plan, implementation, recommendations; participation at each stage is the method.',
  formula: 'count(participants of session-recorded), by stage and group',
  unit: 'group in a session',
  countsBy: DAY.session,
  keeps: [sessions],
  isCount: false,
  facts: ({ sessions: held }) =>
    held.flatMap(({ on, participants, theme }) =>
      participants
        .filter(([stage]) => stage !== 'NONE')
        .flatMap(([stage, group, count]) => [
          ['participationByStage', on, count, theme] as const,
          [`participationByStage:${stage}:${group}`, on, count, theme] as const,
        ]),
    ),
  sums: [
    { total: 'participationByStage', parts: ['participationByStage:*'] },
    ...valuesOf('Participant').map((group) => ({
      total: `participation:${group}`,
      parts: valuesOf('Stage').map((stage) => `participationByStage:${stage}:${group}`),
    })),
  ],
};
