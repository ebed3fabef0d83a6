import { sessions } from '../facts/keepers/sessions.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'sessions',
  place: 110,
  group: 'delivery',
  labelFr: "Séances d'appui-conseil",
  labelEn: 'Consulting sessions',
  definitionFr: 'Séances que les consultants ont tenues dans les entreprises.',
  definitionEn: 'Sessions that consultants held in firms.',
  formula: 'count(session-recorded) - count(session-cancelled)',
  unit: 'session',
  countsBy: DAY.session,
  keeps: [sessions],
  isCount: true,
  facts: ({ sessions: held }) => held.map(({ on, count, theme }) => ['sessions', on, count, theme]),
};
