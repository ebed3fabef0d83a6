import { valuesOf } from '@gpect/contracts/event-contracts';
import { sessions } from '../facts/keepers/sessions.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'participation',
  place: 180,
  group: 'participation',
  labelFr: 'Participation aux séances',
  labelEn: 'Participation in sessions',
  definitionFr:
    'Séances auxquelles chaque groupe de l’entreprise a pris part : dirigeant, encadrement, salariés, représentants du personnel.',
  definitionEn:
    'Sessions in which each group of the firm took part: manager, supervisors, employees, staff representatives.',
  formula: 'count(session-recorded) by participants',
  unit: 'session',
  countsBy: DAY.session,
  keeps: [sessions],
  isCount: false,
  facts: ({ sessions: held }) =>
    held.flatMap(({ on, participants, theme }) =>
      participants.flatMap(([, group, count]) => [
        ['participation', on, count, theme] as const,
        [`participation:${group}`, on, count, theme] as const,
      ]),
    ),
  sums: [
    { total: 'participation', parts: ['participation:*'] },
    // Sessions without a group are those with it taken from all.
    ...valuesOf('Participant').map((group) => ({ total: 'sessions', parts: [`participation:${group}`] })),
  ],
};
