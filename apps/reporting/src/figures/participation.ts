import { valuesOf } from '@gpect/contracts/event-contracts';
import { sessions } from '../facts/keepers/sessions.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'participation',
  place: 180,
  group: 'participation',
  labelFr: 'Participation des groupes aux séances',
  labelEn: 'Participation of groups in sessions',
  definitionFr:
    'Présences des groupes de l’entreprise aux séances : dirigeant, encadrement, salariés, représentants du personnel. De chaque groupe, les séances auxquelles il a pris part ; leur total n’est pas un nombre de séances : celle où trois groupes étaient présents y compte trois fois.',
  definitionEn:
    'Presences of groups of the firm in sessions: manager, supervisors, employees, staff representatives. Of each group, the sessions in which it took part; their total is no number of sessions: one with three groups counts three times in it.',
  formula: 'count(participants of session-recorded), by group',
  unit: 'group in a session',
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
